package io.flamenco.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails between two changes of the database. An action is carried out once; the database's journal then holds each of its
 * changes, and a Server that is started on a part of it finds what one finds that was killed there. Whatever that is, the action is
 * done afterwards, or it was never begun.
 *
 * <p>{@code -Dflamenco.power.cuts} says how many places in each action are tried; without it, none are.
 */
@EnabledIfSystemProperty(named = "flamenco.power.cuts", matches = "[0-9]+")
class PowerCutTest {

    private static final int CUTS = Integer.getInteger("flamenco.power.cuts", 2);
    private static final int SEGMENT_HEADER_BYTES = 16;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int LARGE = 4_100;

    @TempDir
    Path directory;

    /** What is done to a job, and in which statuses it may be found afterwards; none when it may be gone. */
    private enum Deed {
        SUBMIT("queued", "") {
            @Override
            String prepare(FarmOfOne farm) {
                return "";
            }

            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                farm.submit(FarmOfOne.sleepJob()
                        .put(
                                "settings",
                                new JsonObject()
                                        .put("frames", "1-" + LARGE)
                                        .put("chunk_size", 1)
                                        .put("time_in_seconds", 0)));
            }
        },
        RECREATE("queued", "canceled") {
            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                order(farm, job, "recreate");
            }
        },
        REQUEUE("queued", "canceled") {
            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                order(farm, job, "requeue");
            }
        },
        CANCEL_MANY("canceled", "queued") {
            @Override
            String prepare(FarmOfOne farm) throws Exception {
                farm.submitSleep();
                return farm.submitSleep();
            }

            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                JsonObject bulk = new JsonObject()
                        .put("action", "cancel")
                        .put("filter", new JsonObject().put("status", new JsonArray().add("queued")));
                assertThat(new JsonObject(farm.change("POST", "/api/v1/jobs/bulk", bulk)
                                        .body())
                                .getInteger("done"))
                        .isEqualTo(2);
            }
        },
        ARCHIVE("archived", "canceled") {
            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                order(farm, job, "archive");
                patiently().until(() -> farm.status(job).equals("archived"));
            }
        },
        RESTORE("canceled", "archived") {
            @Override
            String prepare(FarmOfOne farm) throws Exception {
                String job = super.prepare(farm);
                ARCHIVE.carryOut(farm, job);
                return job;
            }

            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                order(farm, job, "restore");
                patiently().until(() -> farm.status(job).equals("canceled"));
            }
        },
        DELETE("", "canceled") {
            @Override
            void carryOut(FarmOfOne farm, String job) throws Exception {
                assertThat(farm.change("DELETE", "/api/v1/jobs/" + job, new JsonObject())
                                .statusCode())
                        .isEqualTo(204);
            }
        };

        private final String done;
        private final String undone;

        Deed(String done, String undone) {
            this.done = done;
            this.undone = undone;
        }

        /** The id of a canceled job of four tasks. */
        String prepare(FarmOfOne farm) throws Exception {
            String job = farm.submitSleep();
            order(farm, job, "cancel");
            return job;
        }

        abstract void carryOut(FarmOfOne farm, String job) throws Exception;

        private static void order(FarmOfOne farm, String job, String action) throws Exception {
            assertThat(farm.change("POST", "/api/v1/jobs/" + job + "/" + action, new JsonObject())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_under_way_is_done_or_was_never_begun(Deed deed) throws Exception {
        Path whole = directory.resolve("whole");
        Path journal;
        List<Long> places;
        FarmOfOne farm = FarmOfOne.in(directory.resolve("data"));
        try {
            String job = deed.prepare(farm);
            copy(directory.resolve("data"), whole);
            journal = journal(whole);
            long begin = ends(journal).getLast();
            deed.carryOut(farm, job);
            copy(directory.resolve("data"), whole);
            assumeTrue(journal.equals(journal(whole)), "the database began another journal meanwhile");
            places = some(ends(journal).stream().filter(end -> end >= begin).toList());
        } finally {
            farm.close();
        }
        for (long place : places) {
            Path cut = directory.resolve("cut-" + place);
            copy(whole, cut);
            Path ofCut = cut.resolve(whole.relativize(journal));
            Files.write(ofCut, Arrays.copyOf(Files.readAllBytes(ofCut), (int) place));
            found(deed, cut);
        }
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private static void found(Deed deed, Path data) throws Exception {
        FarmOfOne farm = FarmOfOne.in(data);
        try {
            patiently()
                    .untilAsserted(
                            () -> assertThat(Set.of(deed.done, deed.undone)).containsAll(statuses(farm)));
            for (JsonObject job : jobs(farm)) {
                isWhole(farm, job, data);
            }
        } finally {
            farm.close();
        }
    }

    private static List<JsonObject> jobs(FarmOfOne farm) throws Exception {
        return farm.json("/api/v1/jobs").getJsonArray("jobs").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> statuses(FarmOfOne farm) throws Exception {
        return jobs(farm).stream().map(job -> job.getString("status")).toList();
    }

    private static void isWhole(FarmOfOne farm, JsonObject job, Path data) throws Exception {
        String id = job.getString("id");
        Map<String, Integer> counted = new TreeMap<>();
        farm.tasks(id).forEach(task -> counted.merge(task.getString("status"), 1, Integer::sum));
        if (job.getString("status").equals("archived")) {
            assertThat(counted).isEmpty();
            try (ZipFile archive = new ZipFile(
                    data.resolve("archive/flamenco-job-" + id + ".zip").toFile())) {
                assertThat(archive.size()).as("the job and its tasks").isEqualTo(5);
            }
        } else if (job.getJsonObject("tasks").getInteger("total") < LARGE) {
            assertThat(job.getJsonObject("tasks").getJsonObject("by_status").getMap())
                    .isEqualTo(counted);
            assertThat(counted.values().stream().mapToInt(count -> count).sum()).isEqualTo(4);
        } else {
            assertThat(job.getJsonObject("tasks").getInteger("total")).isEqualTo(LARGE);
        }
    }

    /** The only one, as there is none but while the database is tidied up. */
    private static Path journal(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("database"))) {
            return files.filter(file -> file.getFileName().toString().contains(".journal-"))
                    .collect(Collectors.collectingAndThen(Collectors.toList(), List::getLast));
        }
    }

    /** Where each change that is noted in the journal ends, and before all of them its header. */
    private static List<Long> ends(Path journal) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(journal));
        List<Long> ends = new ArrayList<>();
        int end = SEGMENT_HEADER_BYTES;
        ends.add((long) end);
        while (end + FRAME_HEADER_BYTES <= bytes.limit() && bytes.getInt(end) > 0) {
            end += FRAME_HEADER_BYTES + bytes.getInt(end);
            ends.add((long) end);
        }
        return ends;
    }

    /** Some of them, far from each other, without the last one, at which everything was done. */
    private static List<Long> some(List<Long> ends) {
        int between = ends.size() - 1;
        List<Long> some = new ArrayList<>();
        for (int i = 1; i <= Math.min(CUTS, between); i++) {
            some.add(ends.get(i * between / (Math.min(CUTS, between) + 1)));
        }
        return some;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    copyFile(file, copy);
                }
            }
        }
    }

    /** The Server may remove a file that is not needed any more while it is copied. */
    private static void copyFile(Path file, Path copy) throws IOException {
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException gone) {
            assertThat(gone.getFile()).doesNotEndWith(".mv");
        }
    }
}

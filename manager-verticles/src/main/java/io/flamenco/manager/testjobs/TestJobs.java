package io.flamenco.manager.testjobs;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.config.Variables;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.status.WorkerStatus;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireTask;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes test jobs. */
public final class TestJobs {

    /** The only type of test task there is. */
    public static final String TASK_TYPE = "test-blender-render";

    private static final int HIGH_PRIORITY = 100;
    private static final String SCENE = "test.blend";

    private final ManagerConfig.TestTasks places;
    private final Variables variables;
    private final @Nullable ManagerId manager;
    private final String platform;

    /**
     * @param places where files go; may hold placeholders
     * @param platform of this machine, such as {@code linux}
     */
    public TestJobs(ManagerConfig.TestTasks places, Variables variables, Optional<ManagerId> manager, String platform) {
        this.places = places;
        this.variables = variables;
        this.manager = manager.orElse(null);
        this.platform = platform;
    }

    /** The platform of this machine as variables know it. */
    public static String platformHere() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return "windows";
        }
        return system.startsWith("mac") ? "darwin" : "linux";
    }

    /** Why the Worker cannot be given a test job; empty when it can. */
    public Optional<String> refusal(WorkerView worker) {
        if (!worker.status().equals(WorkerStatus.TESTING.wire())) {
            return Optional.of("worker is in status '" + worker.status() + "', test jobs only work in status '"
                    + WorkerStatus.TESTING.wire() + "'");
        }
        if (worker.supportedTaskTypes().isEmpty()) {
            return Optional.of("this worker supports no task types at all");
        }
        return worker.supportedTaskTypes().contains(TASK_TYPE)
                ? Optional.empty()
                : Optional.of(
                        "worker supports only unknown task types " + String.join(", ", worker.supportedTaskTypes()));
    }

    /** What must be on disk before the Worker starts: the scene and the directory of pictures, as paths on this machine. */
    public Preparation preparation(WorkerView worker) {
        return new Preparation(
                Path.of(here(places.jobStorage(), worker), SCENE), Path.of(here(places.renderOutput(), worker)));
    }

    /**
     * The task for the Worker.
     *
     * @param identifier the Worker's address and nickname
     */
    public WireTask task(WorkerView worker, String identifier) {
        return new WireTask(
                TaskId.next(),
                "",
                null,
                manager,
                null,
                null,
                "Flamenco test job for " + identifier,
                "queued",
                HIGH_PRIORITY,
                HIGH_PRIORITY,
                "manager-local",
                TASK_TYPE,
                List.of(new TaskCommand("blender_render", settings(worker, identifier))),
                "Task created by this Manager to test worker " + identifier + "\n",
                "queued",
                List.of(),
                identifier,
                List.of(),
                null);
    }

    /** A scene and a directory for its pictures. */
    public record Preparation(Path scene, Path output) {}

    private Map<String, @Nullable Object> settings(WorkerView worker, String identifier) {
        String note = "Flamenco Test Task for " + identifier;
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("blender_cmd", "{blender}");
        settings.put(
                "python_expr",
                "import bpy; bpy.context.scene.render.stamp_note_text = '" + note.replace("'", "\\'") + "'");
        settings.put("filepath", places.jobStorage() + "/" + slug(worker) + "/" + SCENE);
        settings.put("render_output", places.renderOutput() + "/" + slug(worker) + "/######");
        settings.put("frames", "1");
        return settings;
    }

    private String here(String place, WorkerView worker) {
        return variables.expandForWorker(place, platform) + "/" + slug(worker);
    }

    /** A directory name that every file system takes. */
    static String slug(WorkerView worker) {
        return Normalizer.normalize(worker.nickname() + "-" + worker.workerId(), Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "-")
                .replaceAll("[^a-z0-9-]", "")
                .replaceAll("-{2,}", "-");
    }
}

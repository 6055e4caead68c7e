package io.flamenco.server.archive;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** An archive that is read piece by piece, whatever its size. Blocks. */
final class ArchiveReader {

    private static final String JSON = ".json";

    private final ZipFile zip;
    private final List<String> tasks;

    private ArchiveReader(ZipFile zip) {
        this.zip = zip;
        this.tasks = Collections.list(zip.entries()).stream()
                .map(ZipEntry::getName)
                .filter(name -> name.startsWith("task-") && name.endsWith(JSON))
                .sorted()
                .toList();
    }

    /**
     * Opens the archive of a job.
     *
     * @throws IOException when it cannot be read, or is of another job
     */
    static ArchiveReader open(Path file, JobId job) throws IOException {
        ZipFile zip = new ZipFile(file.toFile());
        if (zip.getEntry("job-" + job + JSON) == null) {
            zip.close();
            throw new ZipException(file + " is not the archive of the job " + job);
        }
        return new ArchiveReader(zip);
    }

    /** How many tasks it holds. */
    int size() {
        return tasks.size();
    }

    /** The tasks from one position on, in the order of their ids. */
    List<JsonObject> tasks(int from, int limit) throws IOException {
        List<JsonObject> some = new ArrayList<>();
        for (String name : tasks.subList(from, Math.min(tasks.size(), from + limit))) {
            some.add(task(name));
        }
        return some;
    }

    private JsonObject task(String name) throws IOException {
        try (InputStream content = zip.getInputStream(zip.getEntry(name))) {
            return new JsonObject(Buffer.buffer(content.readAllBytes()));
        } catch (DecodeException | ClassCastException e) {
            throw new ZipException("its entry " + name + " is no JSON document");
        }
    }

    /** Copies the log of a task out of the archive; does nothing when there is none. */
    void copyLog(TaskId task, Path target) throws IOException {
        ZipEntry entry = zip.getEntry("task-" + task + ".log.gz");
        if (entry != null) {
            Files.createDirectories(target.getParent());
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    void close() throws IOException {
        zip.close();
    }
}

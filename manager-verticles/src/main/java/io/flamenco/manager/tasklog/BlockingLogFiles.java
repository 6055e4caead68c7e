package io.flamenco.manager.tasklog;

import io.flamenco.shared.id.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes and rotates log files. Blocks: call it off the event loops, and for one file from one thread at a time. */
final class BlockingLogFiles {

    private final boolean syncEachWrite;

    /**
     * @param syncEachWrite whether text is forced to the disk before it counts as written; without it text survives the end
     *     of the Manager in any way, but not a power cut
     */
    BlockingLogFiles(boolean syncEachWrite) {
        this.syncEachWrite = syncEachWrite;
    }

    /** Text that was added to a file, and where in it begins and ends, in bytes. */
    record Grown(long offset, long end, String text) {}

    /**
     * What became of the work on a log.
     *
     * @param failures why something could not be done
     * @param left what was not done: text that the disk refused, and all after it; without steps when nothing was left
     */
    record Outcome(TaskId task, List<Grown> grown, List<IOException> failures, LogWork left) {}

    /** Does the work on several files. */
    List<Outcome> carryOut(List<LogWork> works) {
        List<Outcome> outcomes = works.stream().map(this::carryOut).toList();
        if (syncEachWrite) {
            forceAll(works, outcomes);
        }
        return outcomes;
    }

    /** All at once: a file system writes its journal once for many files that are forced together. */
    private static void forceAll(List<LogWork> works, List<Outcome> outcomes) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < works.size(); i++) {
                Path file = works.get(i).file();
                Outcome outcome = outcomes.get(i);
                if (!outcome.grown().isEmpty()) {
                    threads.execute(() -> force(file, outcome.failures()));
                }
            }
        }
    }

    private static void force(Path file, List<IOException> failures) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (NoSuchFileException rotatedAway) {
            // it was forced before it went
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private Outcome carryOut(LogWork work) {
        List<Grown> grown = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        int done = 0;
        while (done < work.steps().size() && isDone(work.file(), work.steps().get(done), grown, failures)) {
            done++;
        }
        return new Outcome(work.task(), grown, failures, work.from(done));
    }

    /** A log that cannot be put aside just goes on. */
    private boolean isDone(Path file, LogWork.Step step, List<Grown> grown, List<IOException> failures) {
        try {
            switch (step) {
                case LogWork.Step.Append(StringBuilder text) -> grown.add(append(file, text.toString()));
                case LogWork.Step.Rotate rotate -> rotate(file, failures);
            }
            return true;
        } catch (IOException e) {
            failures.add(e);
        } catch (UncheckedIOException e) {
            failures.add(e.getCause());
        }
        return step instanceof LogWork.Step.Rotate;
    }

    private static Grown append(Path file, String text) throws IOException {
        try (FileChannel channel = open(file)) {
            long offset = channel.size();
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            write(channel, bytes, offset);
            return new Grown(offset, offset + bytes.capacity(), text);
        }
    }

    /** All or nothing, for what was refused comes again. */
    private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            channel.truncate(offset);
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        } catch (NoSuchFileException directoryMissing) {
            Files.createDirectories(directoryOf(file));
            return FileChannel.open(file, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        }
    }

    /** A compressed copy of the log that moves away is stale from here on; it is made again when somebody asks for it. */
    private void rotate(Path file, List<IOException> failures) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        if (syncEachWrite) {
            force(file, failures);
        }
        Path directory = directoryOf(file);
        List<RotationPlan.Rename> renames = RotationPlan.of(String.valueOf(file.getFileName()), namesIn(directory));
        for (RotationPlan.Rename rename : renames) {
            Files.move(directory.resolve(rename.from()), directory.resolve(rename.to()));
        }
        if (!renames.isEmpty()) {
            Files.deleteIfExists(LogPaths.compressed(file));
        }
    }

    private static List<String> namesIn(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        return names;
    }

    private static Path directoryOf(Path file) {
        Path directory = file.getParent();
        return directory == null ? Path.of(".") : directory;
    }
}

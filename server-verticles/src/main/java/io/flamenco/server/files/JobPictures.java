package io.flamenco.server.files;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last small pictures of what the tasks of each job made: JPEG files whose names say all that is known of them. */
public final class JobPictures {

    /** So many of a job are kept; the oldest go. */
    public static final int MOST = 48;

    private static final String JOB_DIRECTORY = "job-";

    private final FileSystem files;
    private final Path directory;

    JobPictures(FileSystem files, Path directory) {
        this.files = files;
        this.directory = directory;
    }

    /**
     * A picture.
     *
     * @param at when it came, to the millisecond
     * @param task that made it
     * @param frame that it shows, if that is known
     */
    public record Picture(Instant at, TaskId task, Optional<Integer> frame) {

        private static final Pattern NAME = Pattern.compile("(\\d{1,15})-([0-9a-f]{24})-(\\d{0,8})\\.jpg");

        /** The name of its file. */
        public String name() {
            return at.toEpochMilli() + "-" + task + "-"
                    + frame.map(String::valueOf).orElse("") + ".jpg";
        }

        /** The picture of that file; empty when the name is another's. */
        public static Optional<Picture> named(String name) {
            Matcher matcher = NAME.matcher(name);
            return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
        }

        private static Picture of(Matcher name) {
            return new Picture(
                    Instant.ofEpochMilli(Long.parseLong(name.group(1))),
                    new TaskId(name.group(2)),
                    Optional.of(name.group(3))
                            .filter(digits -> !digits.isEmpty())
                            .map(Integer::valueOf));
        }
    }

    /** Keeps the picture, and forgets the oldest of the job when there are too many. */
    public Future<Void> keep(JobId job, Picture picture, Buffer jpeg) {
        return files.mkdirs(of(job).toString())
                .compose(made -> files.writeFile(file(job, picture).toString(), jpeg))
                .compose(written -> list(job))
                .compose(all -> forget(job, all.subList(0, Math.max(0, all.size() - MOST))));
    }

    /** The pictures of a job, oldest first. */
    public Future<List<Picture>> list(JobId job) {
        String jobs = of(job).toString();
        return files.exists(jobs)
                .compose(there -> there ? files.readDir(jobs) : Future.succeededFuture(List.of()))
                .map(found -> found.stream()
                        .map(file -> Picture.named(String.valueOf(Path.of(file).getFileName())))
                        .flatMap(Optional::stream)
                        .sorted(Comparator.comparing(Picture::at))
                        .toList());
    }

    /** The file of a picture. */
    public Path file(JobId job, Picture picture) {
        return of(job).resolve(picture.name());
    }

    Future<Void> remove(JobId job) {
        String jobs = of(job).toString();
        return files.exists(jobs).compose(there -> there ? files.deleteRecursive(jobs) : Future.succeededFuture());
    }

    private Future<Void> forget(JobId job, List<Picture> old) {
        return Future.join(old.stream()
                        .map(picture -> files.delete(file(job, picture).toString()))
                        .toList())
                .mapEmpty();
    }

    private Path of(JobId job) {
        return directory.resolve(JOB_DIRECTORY + job);
    }
}

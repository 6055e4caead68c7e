package io.flamenco.server.files;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import java.nio.file.Path;

/** The files of jobs: uploaded logs, archives, and small pictures. */
public final class JobFiles {

    private static final String LOGS = "task-logs";
    private static final String ARCHIVES = "archive";
    private static final String PICTURES = "pictures";
    private static final String JOB_DIRECTORY = "job-";
    private static final String ARCHIVE_PREFIX = "flamenco-job-";
    private static final String ARCHIVE_SUFFIX = ".zip";

    private final FileSystem files;
    private final Path logs;
    private final Path archives;
    private final JobPictures pictures;

    /**
     * @param dataDirectory of the Server; the files lie in directories below it
     */
    public JobFiles(Vertx vertx, Path dataDirectory) {
        this.files = vertx.fileSystem();
        this.logs = dataDirectory.resolve(LOGS);
        this.archives = dataDirectory.resolve(ARCHIVES);
        this.pictures = new JobPictures(files, dataDirectory.resolve(PICTURES));
    }

    /** Where files are put while they are being uploaded. */
    public Path incoming() {
        return logs.resolve("incoming");
    }

    /** Where archives are kept. */
    public Path archives() {
        return archives;
    }

    /** What the tasks of jobs made, in small. */
    public JobPictures pictures() {
        return pictures;
    }

    /** The name of a job's archive. */
    public static String archiveName(JobId job) {
        return ARCHIVE_PREFIX + job + ARCHIVE_SUFFIX;
    }

    /** A job's archive, whether it is there or not. */
    public Path archive(JobId job) {
        return archives.resolve(archiveName(job));
    }

    /** The name under which the log of a task is kept, as its document says it. */
    public static String logName(JobId job, TaskId task) {
        return JOB_DIRECTORY + job + "/task-" + task + ".log.gz";
    }

    /** The file of a log. */
    public Path log(String logName) {
        return logs.resolve(logName);
    }

    /** Keeps an uploaded log, in place of an earlier one. */
    public Future<Void> keepLog(String logName, String uploaded) {
        Path target = log(logName);
        return files.mkdirs(String.valueOf(target.getParent()))
                .compose(made -> files.move(uploaded, target.toString(), new CopyOptions().setReplaceExisting(true)));
    }

    /** Removes a log that turned out to be of no task. */
    public Future<Void> removeLog(String logName) {
        return files.delete(log(logName).toString());
    }

    /** Whether the job's archive is there. */
    public Future<Boolean> archived(JobId job) {
        return files.exists(archive(job).toString());
    }

    /** Removes everything that is kept of a job. */
    public Future<Void> remove(JobId job) {
        return removeLogs(job).compose(gone -> removeArchive(job)).compose(gone -> pictures.remove(job));
    }

    /** Removes the uploaded logs of a job. */
    public Future<Void> removeLogs(JobId job) {
        String directory = logs.resolve(JOB_DIRECTORY + job).toString();
        return files.exists(directory)
                .compose(there -> there ? files.deleteRecursive(directory) : Future.succeededFuture());
    }

    /** Removes the archive of a job. */
    public Future<Void> removeArchive(JobId job) {
        String file = archive(job).toString();
        return files.exists(file).compose(there -> there ? files.delete(file) : Future.succeededFuture());
    }
}

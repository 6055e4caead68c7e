package io.flamenco.shared.bus;

/**
 * Every address on the event bus. The bridged ones are public API: tools and browsers rely on their names and on the
 * keys of their JSON.
 */
public final class Addresses {

    /** A Worker of a Manager has another status, or another one is requested of it. Bridged. */
    public static final Topic<ManagerFacts.WorkerStatusChanged> MANAGER_WORKER_STATUS_CHANGED =
            Topic.bridged("manager.worker.status-changed", ManagerFacts.WorkerStatusChanged.class);

    /** A task in a Manager's queue has another status, activity or progress. Bridged. */
    public static final Topic<ManagerFacts.TaskStatusChanged> MANAGER_TASK_STATUS_CHANGED =
            Topic.bridged("manager.task.status-changed", ManagerFacts.TaskStatusChanged.class);

    /** Text was added to a task's log; the task's id follows the address. Bridged. */
    public static final Topic<ManagerFacts.TaskLogGrew> MANAGER_TASK_LOG =
            Topic.bridged("manager.task.log", ManagerFacts.TaskLogGrew.class);

    /** A Worker made a picture that can be looked at now. Bridged. */
    public static final Topic<ManagerFacts.LatestImageChanged> MANAGER_LATEST_IMAGE =
            Topic.bridged("manager.latest-image", ManagerFacts.LatestImageChanged.class);

    /** A job on the Server has another status or other counts of tasks. Bridged. */
    public static final Topic<ServerFacts.JobStatusChanged> SERVER_JOB_STATUS_CHANGED =
            Topic.bridged("server.job.status-changed", ServerFacts.JobStatusChanged.class);

    /** A task on the Server has another status, activity or progress. Bridged. */
    public static final Topic<ServerFacts.TaskStatusChanged> SERVER_TASK_STATUS_CHANGED =
            Topic.bridged("server.task.status-changed", ServerFacts.TaskStatusChanged.class);

    /** A Worker of any Manager has another status, or another one is requested of it. Bridged. */
    public static final Topic<ServerFacts.WorkerStatusChanged> SERVER_WORKER_STATUS_CHANGED =
            Topic.bridged("server.worker.status-changed", ServerFacts.WorkerStatusChanged.class);

    /** A job on the Server has another small picture of what its tasks make. Bridged. */
    public static final Topic<ServerFacts.JobPictureAdded> SERVER_JOB_PICTURE_ADDED =
            Topic.bridged("server.job.picture-added", ServerFacts.JobPictureAdded.class);

    private Addresses() {}
}

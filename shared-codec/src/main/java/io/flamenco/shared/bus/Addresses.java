package io.flamenco.shared.bus;

/**
 * Every address that people and tools may use. They rely on the names and on the keys of the JSON; who may hear or send what
 * stands in {@link io.flamenco.shared.bridge.BridgeTable}.
 */
public final class Addresses {

    /** A Worker of a Manager has another status, or another one is requested of it. */
    public static final Topic<ManagerFacts.WorkerStatusChanged> MANAGER_WORKER_STATUS_CHANGED =
            new Topic<>("manager.worker.status-changed", ManagerFacts.WorkerStatusChanged.class);

    /** A task in a Manager's queue has another status, activity or progress. */
    public static final Topic<ManagerFacts.TaskStatusChanged> MANAGER_TASK_STATUS_CHANGED =
            new Topic<>("manager.task.status-changed", ManagerFacts.TaskStatusChanged.class);

    /** Text was added to a task's log; the task's id follows the address. */
    public static final Topic<ManagerFacts.TaskLogGrew> MANAGER_TASK_LOG =
            new Topic<>("manager.task.log", ManagerFacts.TaskLogGrew.class);

    /** A Worker made a picture that can be looked at now. */
    public static final Topic<ManagerFacts.LatestImageChanged> MANAGER_LATEST_IMAGE =
            new Topic<>("manager.latest-image", ManagerFacts.LatestImageChanged.class);

    /** A job on the Server is new, has another status or other counts of tasks, or is gone. */
    public static final Topic<ServerFacts.JobStatusChanged> SERVER_JOB_STATUS_CHANGED =
            new Topic<>("server.job.status-changed", ServerFacts.JobStatusChanged.class);

    /** A task on the Server has another status, activity or progress. */
    public static final Topic<ServerFacts.TaskStatusChanged> SERVER_TASK_STATUS_CHANGED =
            new Topic<>("server.task.status-changed", ServerFacts.TaskStatusChanged.class);

    /** A Worker of any Manager has another status, or another one is requested of it. */
    public static final Topic<ServerFacts.WorkerStatusChanged> SERVER_WORKER_STATUS_CHANGED =
            new Topic<>("server.worker.status-changed", ServerFacts.WorkerStatusChanged.class);

    /** A job on the Server has another small picture of what its tasks make. */
    public static final Topic<ServerFacts.JobPictureAdded> SERVER_JOB_PICTURE_ADDED =
            new Topic<>("server.job.picture-added", ServerFacts.JobPictureAdded.class);

    /** A project on the Server is new, another one, or gone. */
    public static final Topic<ServerFacts.ProjectChanged> SERVER_PROJECT_CHANGED =
            new Topic<>("server.project.changed", ServerFacts.ProjectChanged.class);

    /** A user of the Server is new, another one, or gone. */
    public static final Topic<ServerFacts.UserChanged> SERVER_USER_CHANGED =
            new Topic<>("server.user.changed", ServerFacts.UserChanged.class);

    /** A Manager of the Server is new or another one, or its credentials are. */
    public static final Topic<ServerFacts.ManagerChanged> SERVER_MANAGER_CHANGED =
            new Topic<>("server.manager.changed", ServerFacts.ManagerChanged.class);

    /** Asks a Worker to take a status. */
    public static final Order<ManagerRequests.RequestStatus> MANAGER_WORKER_REQUEST_STATUS =
            new Order<>("manager.worker.request-status", ManagerRequests.RequestStatus.class);

    /** Acknowledges that a Worker fell silent. */
    public static final Order<ManagerRequests.AcknowledgeTimeout> MANAGER_WORKER_ACK_TIMEOUT =
            new Order<>("manager.worker.ack-timeout", ManagerRequests.AcknowledgeTimeout.class);

    /** Sends a Worker a test job. */
    public static final Order<ManagerRequests.SendTestJob> MANAGER_WORKER_SEND_TEST_JOB =
            new Order<>("manager.worker.send-test-job", ManagerRequests.SendTestJob.class);

    /** Stops a job. */
    public static final Order<ServerRequests.ChangeJob> SERVER_JOB_CANCEL = ofJob("cancel");

    /** Runs all tasks of a job again. */
    public static final Order<ServerRequests.ChangeJob> SERVER_JOB_REQUEUE = ofJob("requeue");

    /** Runs the failed tasks of a job again. */
    public static final Order<ServerRequests.ChangeJob> SERVER_JOB_REQUEUE_FAILED = ofJob("requeue-failed");

    /** Has no further task of a job begun. */
    public static final Order<ServerRequests.ChangeJob> SERVER_JOB_PAUSE = ofJob("pause");

    /** Runs a task again. */
    public static final Order<ServerRequests.RequeueTask> SERVER_TASK_REQUEUE =
            new Order<>("server.task.requeue", ServerRequests.RequeueTask.class);

    /** Stops a task. */
    public static final Order<ServerRequests.CancelTask> SERVER_TASK_CANCEL =
            new Order<>("server.task.cancel", ServerRequests.CancelTask.class);

    private Addresses() {}

    private static Order<ServerRequests.ChangeJob> ofJob(String action) {
        return new Order<>("server.job." + action, ServerRequests.ChangeJob.class);
    }
}

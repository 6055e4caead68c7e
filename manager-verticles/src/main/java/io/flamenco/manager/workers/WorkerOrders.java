package io.flamenco.manager.workers;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Topic;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked about Workers. Every answer is given only after what it says is in the database. */
public sealed interface WorkerOrders {

    /** A new Worker introduces itself. */
    Command<Register, WorkerView> REGISTER =
            new Command<>("manager.workers.register", Register.class, WorkerView.class);

    /** The stored credentials of a Worker. */
    Command<CredentialsOf, StoredCredentials> CREDENTIALS_OF =
            new Command<>("manager.workers.credentials-of", CredentialsOf.class, StoredCredentials.class);

    /** A Worker starts. */
    Command<SignOn, Outcome> SIGN_ON = new Command<>("manager.workers.sign-on", SignOn.class, Outcome.class);

    /** A Worker ends. */
    Command<SignOff, Outcome> SIGN_OFF = new Command<>("manager.workers.sign-off", SignOff.class, Outcome.class);

    /** Which status is wanted of the Worker that asks? */
    Command<StatusWanted, Outcome> STATUS_WANTED =
            new Command<>("manager.workers.status-wanted", StatusWanted.class, Outcome.class);

    /** A Worker has taken a status. */
    Command<AckStatus, Outcome> ACK_STATUS =
            new Command<>("manager.workers.ack-status", AckStatus.class, Outcome.class);

    /** Somebody wants a Worker to take a status. */
    Command<RequestStatus, Outcome> REQUEST_STATUS =
            new Command<>("manager.workers.request-status", RequestStatus.class, Outcome.class);

    /** Somebody has seen that a Worker timed out. */
    Command<AckTimeout, Outcome> ACK_TIMEOUT =
            new Command<>("manager.workers.ack-timeout", AckTimeout.class, Outcome.class);

    /** Removes a Worker. */
    Command<ForgetWorker, Outcome> FORGET_WORKER =
            new Command<>("manager.workers.forget-worker", ForgetWorker.class, Outcome.class);

    /** Makes a Worker's credentials worthless. */
    Command<RevokeCredentials, Outcome> REVOKE_CREDENTIALS =
            new Command<>("manager.workers.revoke-credentials", RevokeCredentials.class, Outcome.class);

    /** A Worker's credentials are worthless from now on; told after that is stored. */
    Topic<CredentialsRevoked> CREDENTIALS_REVOKED =
            new Topic<>("manager.workers.credentials-revoked", CredentialsRevoked.class);

    /** Lets a Worker run a type of tasks of a job again. */
    Command<ForgetBlocklistLine, Outcome> FORGET_BLOCKLIST_LINE =
            new Command<>("manager.workers.forget-blocklist-line", ForgetBlocklistLine.class, Outcome.class);

    /** Queues a test task for a Worker that is in test mode. */
    Command<SendTestJob, Outcome> SEND_TEST_JOB =
            new Command<>("manager.workers.send-test-job", SendTestJob.class, Outcome.class);

    /** Sets when a Worker sleeps. */
    Command<SetSleepSchedule, Outcome> SET_SLEEP_SCHEDULE =
            new Command<>("manager.workers.set-sleep-schedule", SetSleepSchedule.class, Outcome.class);

    /** Applies the sleep schedules whose time has come. */
    Command<ApplySleepSchedules, SleepRound> APPLY_SLEEP_SCHEDULES =
            new Command<>("manager.workers.apply-sleep-schedules", ApplySleepSchedules.class, SleepRound.class);

    /** Removes Workers that were not seen for long. */
    Command<RemoveStale, Removed> REMOVE_STALE =
            new Command<>("manager.workers.remove-stale", RemoveStale.class, Removed.class);

    /** All Workers. */
    Command<ListWorkers, WorkerList> LIST_WORKERS =
            new Command<>("manager.workers.list", ListWorkers.class, WorkerList.class);

    /**
     * A new Worker introduces itself.
     *
     * @param hashedSecret the text of a bcrypt hash
     * @param address the remote host and port
     */
    record Register(
            String hashedSecret, String platform, List<String> supportedTaskTypes, String nickname, String address)
            implements WorkerOrders {

        /** Never shows the hash. */
        @Override
        public String toString() {
            return "Register[nickname=" + nickname + ", address=" + address + "]";
        }
    }

    /** Asks for the stored credentials of a Worker. */
    record CredentialsOf(WorkerId workerId) implements WorkerOrders {}

    /**
     * The stored credentials of a Worker.
     *
     * @param hashedSecret the text of a bcrypt hash; absent when there is no such Worker
     */
    record StoredCredentials(@Nullable String hashedSecret) {

        /** Never shows the hash. */
        @Override
        public String toString() {
            return "StoredCredentials[known=" + (hashedSecret != null) + "]";
        }
    }

    /** A Worker starts; an empty nickname or list changes nothing. */
    record SignOn(WorkerId workerId, Seen seen, String nickname, List<String> supportedTaskTypes)
            implements WorkerOrders {}

    /** A Worker ends; its tasks go back into the queue. */
    record SignOff(WorkerId workerId) implements WorkerOrders {}

    /** The Worker asks which status is wanted of it. */
    record StatusWanted(WorkerId workerId, Seen seen) implements WorkerOrders {}

    /** A Worker says that it has taken a status. */
    record AckStatus(WorkerId workerId, String status) implements WorkerOrders {}

    /**
     * Somebody wants a Worker to take a status.
     *
     * @param status {@code awake}, {@code asleep} or {@code shutdown}
     * @param lazy whether it may finish its task first
     */
    record RequestStatus(WorkerId workerId, String status, boolean lazy) implements WorkerOrders {}

    /** Somebody has seen that a Worker timed out. */
    record AckTimeout(WorkerId workerId) implements WorkerOrders {}

    /** Removes a Worker; its tasks go back into the queue. */
    record ForgetWorker(WorkerId workerId) implements WorkerOrders {}

    /** Makes a Worker's credentials worthless; its tasks go back into the queue. */
    record RevokeCredentials(WorkerId workerId) implements WorkerOrders {}

    /** A Worker's credentials are worthless from now on. */
    record CredentialsRevoked(WorkerId workerId) implements WorkerOrders {}

    /** Lets a Worker run a type of tasks of a job again. */
    record ForgetBlocklistLine(WorkerId workerId, JobId jobId, String taskType) implements WorkerOrders {}

    /** Queues a test task for a Worker that is in test mode. */
    record SendTestJob(WorkerId workerId) implements WorkerOrders {}

    /** Sets when a Worker sleeps. */
    record SetSleepSchedule(WorkerId workerId, SleepTimes times) implements WorkerOrders {}

    /**
     * When a Worker sleeps.
     *
     * @param daysOfWeek two-letter days in lower case, separated by spaces; empty for every day
     * @param start {@code HH:MM}, or empty for the start of the day
     * @param end {@code HH:MM}, or empty for the end of the day
     * @param nextCheck when it will be looked at again; absent before the first time
     */
    record SleepTimes(
            boolean active,
            String daysOfWeek,
            String start,
            String end,
            @Nullable Instant nextCheck) {

        /** No schedule at all. */
        public static final SleepTimes NONE = new SleepTimes(false, "", "", "", null);
    }

    /** Applies the sleep schedules whose time has come. */
    record ApplySleepSchedules() implements WorkerOrders {}

    /** How many Workers were asked for another status, and when to look again at the latest. */
    record SleepRound(int requested, @Nullable Instant nextCheck) {}

    /** Removes Workers of these statuses that were not seen since {@code before}. */
    record RemoveStale(List<String> statuses, Instant before) implements WorkerOrders {}

    /** How many were removed. */
    record Removed(int count) {}

    /** Asks for all Workers. */
    record ListWorkers() implements WorkerOrders {}

    /** All Workers, by id. */
    record WorkerList(List<WorkerView> workers) {}

    /** What became of an order. */
    sealed interface Outcome {}

    /**
     * It was carried out.
     *
     * @param message for people; empty when there is nothing to say
     */
    record Carried(String message) implements Outcome {

        /** Carried out, and nothing to say about it. */
        public static final Carried OUT = new Carried("");
    }

    /** The status that is wanted of the Worker; empty when none is. */
    record Wanted(String status) implements Outcome {}

    /** There is no such Worker. */
    record NoSuchWorker() implements Outcome {}

    /** It was not carried out; the sentence says why. */
    record Refused(String sentence) implements Outcome {}

    /** A Worker as people see it; never holds its secret. */
    record WorkerView(
            WorkerId workerId,
            String nickname,
            String address,
            String status,
            String platform,
            @Nullable TaskId currentTask,
            @Nullable JobId currentJob,
            @Nullable Instant lastActivity,
            List<String> supportedTaskTypes,
            String software,
            String currentTaskStatus,
            @Nullable Instant currentTaskUpdated,
            String statusRequested,
            boolean lazyStatusRequest,
            SleepTimes sleepTimes,
            List<BlocklistLine> blocklist) {}

    /** A type of tasks of a job that a Worker may not run. */
    record BlocklistLine(JobId jobId, String taskType, Instant created) {}
}

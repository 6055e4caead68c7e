package io.flamenco.worker.bus;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.Topic;

/**
 * The addresses of one Worker. All are internal.
 *
 * @param worker tells the Worker apart from others in the process
 */
public record WorkerAddresses(String worker) {

    /** The Worker's state has changed. */
    public Topic<WorkerMessages.StateChanged> stateChanged() {
        return new Topic<>(address("session.state-changed"), WorkerMessages.StateChanged.class);
    }

    /** Answers with the Worker's state. */
    public Command<WorkerMessages.StateAsked, WorkerMessages.StateChanged> state() {
        return new Command<>(
                address("session.state"), WorkerMessages.StateAsked.class, WorkerMessages.StateChanged.class);
    }

    /** Takes another status. */
    public Command<WorkerMessages.StatusRequested, Done> requestStatus() {
        return new Command<>(address("session.request-status"), WorkerMessages.StatusRequested.class, Done.class);
    }

    /** The Manager answered 401. */
    public Topic<WorkerMessages.CredentialsRefused> credentialsRefused() {
        return new Topic<>(address("manager.credentials-refused"), WorkerMessages.CredentialsRefused.class);
    }

    /** The Worker cannot go on. */
    public Topic<WorkerMessages.GaveUp> gaveUp() {
        return new Topic<>(address("session.gave-up"), WorkerMessages.GaveUp.class);
    }

    /** A task has begun. */
    public Topic<WorkerMessages.TaskStarted> taskStarted() {
        return new Topic<>(address("task-loop.task-started"), WorkerMessages.TaskStarted.class);
    }

    /** A task has ended. */
    public Topic<WorkerMessages.TaskEnded> taskEnded() {
        return new Topic<>(address("task-loop.task-ended"), WorkerMessages.TaskEnded.class);
    }

    /** Stops the running task. */
    public Command<WorkerMessages.StopTask, Done> stopTask() {
        return new Command<>(address("task-loop.stop-task"), WorkerMessages.StopTask.class, Done.class);
    }

    /** Tells what the task loop is doing. */
    public Command<WorkerMessages.DoingAsked, WorkerMessages.Doing> doing() {
        return new Command<>(address("task-loop.doing"), WorkerMessages.DoingAsked.class, WorkerMessages.Doing.class);
    }

    /** There are new updates in the outbox. */
    public Topic<WorkerMessages.OutboxGrew> outboxGrew() {
        return new Topic<>(address("outbox.grew"), WorkerMessages.OutboxGrew.class);
    }

    /** Sends what is in the outbox now; answers when that has succeeded or failed. */
    public Command<WorkerMessages.FlushOutbox, Done> flushOutbox() {
        return new Command<>(address("outbox.flush"), WorkerMessages.FlushOutbox.class, Done.class);
    }

    private String address(String name) {
        return "worker." + worker + "." + name;
    }
}

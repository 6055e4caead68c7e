package io.flamenco.manager.domain;

/** What can happen to a Worker. */
public sealed interface WorkerEvent {

    /** It starts. */
    record SignedOn() implements WorkerEvent {}

    /** It ends. */
    record SignedOff() implements WorkerEvent {}

    /** It asks for work, or whether it may go on. */
    record AskedForWork() implements WorkerEvent {}

    /** It says that it has taken a status. */
    record Acknowledged(String status) implements WorkerEvent {}

    /** It was not heard of for too long. */
    record TimedOut() implements WorkerEvent {}

    /** Somebody has seen that it timed out. */
    record TimeoutSeen() implements WorkerEvent {}
}

package io.flamenco.manager.upstream;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What can be asked of those who talk to the Server. */
public sealed interface UpstreamOrders {

    /** Somebody wants new tasks now. Answered at once; several orders during one download make one more download. */
    Command<FetchTasks, Done> FETCH_TASKS = new Command<>("manager.upstream.fetch-tasks", FetchTasks.class, Done.class);

    /** Somebody wants the Server to know now, and to hear what it wants cancelled. Answered at once. */
    Command<PushUpdates, Done> PUSH_UPDATES =
            new Command<>("manager.upstream.push-updates", PushUpdates.class, Done.class);

    /** Somebody wants the Server to know of the Workers now, and to hear what it wants of them. Answered at once. */
    Command<ReportWorkers, Done> REPORT_WORKERS =
            new Command<>("manager.upstream.report-workers", ReportWorkers.class, Done.class);

    /** How does the talk with the Server go? */
    Command<PushState, Pushed> PUSH_STATE = new Command<>("manager.upstream.push-state", PushState.class, Pushed.class);

    /** Fetches new tasks. */
    record FetchTasks() implements UpstreamOrders {}

    /** Pushes what waits. */
    record PushUpdates() implements UpstreamOrders {}

    /** Tells of the Workers. */
    record ReportWorkers() implements UpstreamOrders {}

    /** Asks how pushing goes. */
    record PushState() implements UpstreamOrders {}

    /**
     * How pushing goes.
     *
     * @param lastPush when the Server last took a push; absent before the first one
     * @param trouble why the last push failed, for people; empty when it succeeded
     */
    record Pushed(@Nullable Instant lastPush, String trouble) {}
}

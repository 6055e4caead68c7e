package io.flamenco.server.http;

import io.flamenco.server.news.NewsOrder;
import io.flamenco.server.news.NewsOrder.Happened;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.wire.NewsKind;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;

/** What people want to have of the logs that Managers keep. */
record LogWishes(Managers managers, FarmBus bus) {

    private static final Set<TaskStatus> WORTH_ASKING = EnumSet.of(
            TaskStatus.CANCELED,
            TaskStatus.CANCEL_REQUESTED,
            TaskStatus.FAILED,
            TaskStatus.COMPLETED,
            TaskStatus.CLAIMED_BY_MANAGER,
            TaskStatus.ACTIVE,
            TaskStatus.SOFT_FAILED);

    /** Whether the Manager of a task of that status may have a log of it. */
    static boolean worthAsking(TaskStatus status) {
        return WORTH_ASKING.contains(status);
    }

    /** Wants the whole log of a task; its Manager hears it with its next batch of reports, which is soon. */
    Future<Void> want(StoredTask task) {
        return managers.wantLog(task.state().manager(), task.state().job(), task.id())
                .onSuccess(stored ->
                        bus.tell(NewsOrder.HAPPENED, new Happened(task.state().manager(), NewsKind.REQUESTS)));
    }
}

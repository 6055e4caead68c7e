package io.flamenco.manager.upstream;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.wire.Notification;
import io.flamenco.shared.wire.Notification.Variable;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Server is told of this Manager, put together anew each time.
 *
 * @param ownUrl where people reach the Manager; known once it listens
 * @param variables by name
 */
public record ManagerPortrait(FarmBus bus, Supplier<String> ownUrl, Map<String, Variable> variables) {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerPortrait.class);
    private static final int NOT_COUNTED = -1;

    /** How things are now; never fails. */
    Future<Notification> now() {
        return bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers())
                .map(list -> with(list.workers().size(), taskTypes(list.workers())))
                .otherwise(failure -> {
                    LOG.warn("The Workers could not be counted for the Server. reason={}", failure.getMessage());
                    return with(NOT_COUNTED, List.of());
                });
    }

    private Notification with(int workers, List<String> taskTypes) {
        return new Notification(
                new Notification.Meta(Notification.VERSION), ownUrl.get(), variables, workers, taskTypes);
    }

    private static List<String> taskTypes(List<WorkerView> workers) {
        return workers.stream()
                .flatMap(worker -> worker.supportedTaskTypes().stream())
                .distinct()
                .sorted()
                .toList();
    }
}

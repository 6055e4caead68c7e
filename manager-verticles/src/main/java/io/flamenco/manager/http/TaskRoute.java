package io.flamenco.manager.http;

import io.flamenco.manager.config.Variables;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.AssignTask;
import io.flamenco.manager.scheduler.SchedulerOrders.Assigned;
import io.flamenco.manager.scheduler.SchedulerOrders.Assignment;
import io.flamenco.manager.scheduler.SchedulerOrders.NoTaskTypes;
import io.flamenco.manager.scheduler.SchedulerOrders.NothingToDo;
import io.flamenco.manager.scheduler.SchedulerOrders.StatusRequested;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBack;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownWorker;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.PreferredWait;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.wire.StatusRequest;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireTask;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /task}: a Worker asks for work.
 *
 * <p>One that says {@code Prefer: wait=N} (RFC 7240) is answered as soon as there is work, or after N seconds, and told so by
 * {@code Preference-Applied}; any other is answered at once.
 */
final class TaskRoute implements RouteGroup {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final FarmBus bus;
    private final WorkerCalls calls;
    private final Variables variables;
    private final Duration longestWait;
    private long lastTicket = ThreadLocalRandom.current().nextLong() >>> 2;

    /**
     * @param longestWait waiting longer than this is cut short
     */
    TaskRoute(FarmBus bus, WorkerCalls calls, Variables variables, Duration longestWait) {
        this.bus = bus;
        this.calls = calls;
        this.variables = variables;
        this.longestWait = longestWait;
    }

    @Override
    public void addTo(Router router) {
        router.post("/task").handler(calls.by(this::askForWork));
    }

    private void askForWork(RoutingContext context, WorkerId worker) {
        context.request().resume();
        Duration wait = PreferredWait.of(context.request().getHeader("Prefer"), longestWait);
        long ticket = lastTicket++;
        if (wait.isPositive()) {
            context.response()
                    .putHeader("Preference-Applied", "wait=" + wait.toSeconds())
                    .closeHandler(closed ->
                            bus.ask(SchedulerOrders.STOP_WAITING, new SchedulerOrders.StopWaiting(worker, ticket)));
        }
        bus.ask(
                        SchedulerOrders.ASSIGN_TASK,
                        new AssignTask(worker, WorkerCalls.seen(context), wait, ticket),
                        wait.plus(ANSWER_WITHIN))
                .onComplete(answer -> answer(context, worker, ticket, answer), failure -> calls.fail(context, failure));
    }

    private void answer(RoutingContext context, WorkerId worker, long ticket, Assignment assignment) {
        switch (assignment) {
            case Assigned assigned -> send(context, worker, ticket, assigned);
            case NothingToDo nothing -> Answers.nothing(context, 204);
            case StatusRequested(String status) -> Answers.json(context, 423, new StatusRequest(status));
            case NoTaskTypes none -> Answers.text(context, 406, "You do not support any task types.\n");
            case UnknownWorker gone -> calls.vanished(context, worker);
        }
    }

    private void send(RoutingContext context, WorkerId worker, long ticket, Assigned assigned) {
        WireTask task = expanded(assigned.task(), assigned.platform());
        Answers.sendJson(context, 200, task)
                .onFailure(failure -> bus.ask(
                        SchedulerOrders.TAKE_BACK,
                        new TakeBack(
                                worker,
                                Objects.requireNonNull(task.id()),
                                ticket,
                                String.valueOf(failure.getMessage()))));
    }

    private WireTask expanded(WireTask task, String platform) {
        return task.withCommands(task.commands().stream()
                .map(command -> expanded(command, platform))
                .toList());
    }

    private TaskCommand expanded(TaskCommand command, String platform) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>(command.settings());
        settings.replaceAll(
                (key, value) -> value instanceof String text ? variables.expandForWorker(text, platform) : value);
        return new TaskCommand(command.name(), settings);
    }
}

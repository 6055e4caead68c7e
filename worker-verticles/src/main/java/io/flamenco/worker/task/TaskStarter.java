package io.flamenco.worker.task;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.blocking.AssignedTask;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.blocking.RunningTask;
import io.flamenco.worker.blocking.TaskExecution;
import io.flamenco.worker.blocking.TaskReport;
import io.flamenco.worker.blocking.process.Subprocess;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.bus.WorkerMessages;
import io.flamenco.worker.domain.Reporting;
import io.flamenco.worker.manager.ManagerClient;
import io.flamenco.worker.outbox.OutboxFile;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Consumer;

/** Puts together what a task needs and starts it. */
public final class TaskStarter {

    private final Vertx vertx;
    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final ManagerClient manager;
    private final OutboxFile outbox;
    private final Commands commands;
    private final Subprocess.Surroundings surroundings;
    private final Reporting pace;
    private final Clock clock;
    private final String nickname;
    private final OutputAnnouncer announcer;

    public TaskStarter(
            Vertx vertx,
            FarmBus bus,
            WorkerAddresses addresses,
            ManagerClient manager,
            OutboxFile outbox,
            Commands commands,
            Subprocess.Surroundings surroundings,
            Reporting pace,
            Clock clock,
            Timers timers,
            String nickname) {
        this.vertx = vertx;
        this.bus = bus;
        this.addresses = addresses;
        this.manager = manager;
        this.outbox = outbox;
        this.commands = commands;
        this.surroundings = surroundings;
        this.pace = pace;
        this.clock = clock;
        this.nickname = nickname;
        this.announcer = new OutputAnnouncer(timers, clock, manager);
    }

    /** Starts the task; to be called on the event loop of the task loop. */
    RunningTask start(AssignedTask task) {
        Context context = vertx.getOrCreateContext();
        TaskReport report = new TaskReport(
                update -> {
                    outbox.add(task.id(), update);
                    bus.tell(addresses.outboxGrew(), new WorkerMessages.OutboxGrew());
                },
                pace,
                clock);
        Consumer<Path> produced = file -> context.runOnContext(ignored -> announcer.produced(file));
        TaskExecution execution = new TaskExecution(task, commands, report, surroundings, produced);
        return RunningTask.start(vertx, task.id(), report, execution);
    }

    /** The Worker, as the log of a task names it. */
    String whoIAm() {
        String id = manager.credentials().map(known -> known.id()).orElse("without an id");
        return "Worker " + id + " (" + nickname + ")";
    }
}

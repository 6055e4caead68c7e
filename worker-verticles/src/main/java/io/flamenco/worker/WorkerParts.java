package io.flamenco.worker;

import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.time.Timers;
import io.flamenco.worker.bus.WorkerAddresses;
import io.flamenco.worker.mayirun.MayIRunVerticle;
import io.flamenco.worker.outbox.OutboxVerticle;
import io.flamenco.worker.session.Introduction;
import io.flamenco.worker.session.SessionVerticle;
import io.flamenco.worker.task.TaskLoopVerticle;
import io.flamenco.worker.task.TaskStarter;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;

/** Makes the verticles of one Worker from its configuration and resources. */
final class WorkerParts {

    private final Vertx vertx;
    private final WorkerConfig config;
    private final WorkerResources resources;
    private final FarmBus bus;
    private final WorkerAddresses addresses;
    private final Timers timers;
    private final Clock clock;

    WorkerParts(Vertx vertx, WorkerConfig config, WorkerResources resources, Timers timers, Clock clock) {
        this.vertx = vertx;
        this.config = config;
        this.resources = resources;
        this.bus = new FarmBus(vertx);
        this.addresses = addresses(config.dataDirectory());
        this.timers = timers;
        this.clock = clock;
    }

    WorkerConfig config() {
        return config;
    }

    WorkerResources resources() {
        return resources;
    }

    FarmBus bus() {
        return bus;
    }

    WorkerAddresses addresses() {
        return addresses;
    }

    SessionVerticle session() {
        Introduction introduction = new Introduction(
                resources.machine().system().wire(), config.taskTypes(), nickname(), config.registrationSecret());
        return new SessionVerticle(
                bus,
                addresses,
                timers,
                resources.manager(),
                resources.credentialsFile(),
                introduction,
                config.mode().testing());
    }

    OutboxVerticle outbox() {
        return new OutboxVerticle(bus, addresses, timers, clock, resources.manager(), resources.outbox());
    }

    MayIRunVerticle mayIRun() {
        return new MayIRunVerticle(bus, addresses, timers, resources.manager(), config.mayIRunInterval());
    }

    TaskLoopVerticle taskLoop() {
        TaskStarter starter = new TaskStarter(
                vertx,
                bus,
                addresses,
                resources.manager(),
                resources.outbox(),
                resources.commands(),
                resources.surroundings(),
                config.reporting(),
                clock,
                timers,
                nickname());
        TaskLoopVerticle.Settings settings = new TaskLoopVerticle.Settings(
                config.preTaskCheck(), config.longPoll(), config.mode().single());
        return new TaskLoopVerticle(bus, addresses, timers, resources.manager(), resources.outbox(), starter, settings);
    }

    private String nickname() {
        return config.nickname().orElse(resources.machine().hostName());
    }

    /** Workers of one process are told apart by their data directories, of which no two have the same. */
    static WorkerAddresses addresses(Path dataDirectory) {
        String path = dataDirectory.toAbsolutePath().normalize().toString();
        return new WorkerAddresses(
                UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)).toString());
    }
}

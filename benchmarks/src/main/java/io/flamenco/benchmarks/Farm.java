package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.FakeServer;
import io.flamenco.benchmarks.farm.ManagerUnderTest;
import io.flamenco.benchmarks.farm.Pause;
import io.flamenco.benchmarks.farm.TaskQueue;
import io.flamenco.benchmarks.farm.TaskSupply;
import io.flamenco.benchmarks.http.Connection;
import io.flamenco.benchmarks.http.Requests;
import io.flamenco.benchmarks.load.Crew;
import io.flamenco.benchmarks.load.Load;
import io.flamenco.benchmarks.load.SimulatedWorker;
import io.flamenco.benchmarks.load.Tally;
import io.flamenco.benchmarks.load.Turns;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A Manager with its fake Server and its simulated Workers. Its methods block; they are for the main thread. */
final class Farm implements AutoCloseable {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
    private static final Duration TASK_WITHIN = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final NetClient client;
    private final FakeServer server;
    private final ManagerUnderTest manager;
    private final Tally tally = new Tally();
    private final Turns turns;

    private Farm(Vertx vertx, FakeServer server, ManagerUnderTest manager) {
        this.vertx = vertx;
        this.client = vertx.createNetClient(new NetClientOptions().setReconnectAttempts(10));
        this.server = server;
        this.manager = manager;
        this.turns = new Turns(vertx, tally);
    }

    /** A farm whose Server has that many tasks to give, and keeps the Manager's queue at that length. */
    static Farm open(FarmOptions options, String name, long queued, Map<String, String> settings) {
        TaskQueue queue = new TaskQueue(options.slice);
        queue.keep(queued);
        return open(options, name, queue, settings);
    }

    /** A farm with that queue. */
    static Farm open(FarmOptions options, String name, TaskQueue queue, Map<String, String> settings) {
        Vertx vertx = oneLoop();
        FakeServer server = Pause.until(
                FakeServer.start(vertx, options.serverPort, queue), Duration.ofSeconds(10), "Starting the fake Server");
        return new Farm(vertx, server, options.openManager(name, server.url(), settings));
    }

    /** All of the generator runs on one event loop, so nothing of it needs locks, and it takes at most one core. */
    private static Vertx oneLoop() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.HOURS));
    }

    FakeServer server() {
        return server;
    }

    ManagerUnderTest manager() {
        return manager;
    }

    Tally tally() {
        return tally;
    }

    Turns turns() {
        return turns;
    }

    Vertx vertx() {
        return vertx;
    }

    /** Registers Workers that can run every task. */
    List<SimulatedWorker> workers(int count) {
        return workers(count, TaskSupply.TASK_TYPES);
    }

    /** Registers Workers that can run tasks of those types. */
    List<SimulatedWorker> workers(int count, List<String> taskTypes) {
        Crew crew = new Crew(vertx, client, manager.url(), manager.joinSecret(), Clock.systemUTC());
        return Pause.until(crew.register(count, taskTypes), LONG_ENOUGH, "Registering " + count + " Workers");
    }

    /** Workers that talk to something else than the Manager, without registering. */
    List<SimulatedWorker> strangers(int count, URI where) {
        SocketAddress address = SocketAddress.inetSocketAddress(where.getPort(), where.getHost());
        Requests requests = Requests.ofWorker(where.getAuthority(), TaskSupply.id(0), "secret");
        return IntStream.range(0, count)
                .mapToObj(i -> new SimulatedWorker(new Connection(client, address), requests))
                .toList();
    }

    /** Gives each Worker a task to hold. */
    void takeTasks(List<SimulatedWorker> workers) {
        for (SimulatedWorker worker : workers) {
            boolean got = Pause.until(() -> gotTask(worker), TASK_WITHIN);
            if (!got) {
                throw new IllegalStateException("A Worker got no task within " + TASK_WITHIN.toSeconds() + " s.");
            }
        }
    }

    /** Asks once; whether there was a task for that Worker. */
    static boolean gotTask(SimulatedWorker worker) {
        return Pause.until(worker.askTask(), TASK_WITHIN, "Asking for a task").status() == 200;
    }

    /** Waits until the Manager has downloaded every task that it shall have. */
    void awaitDownload(long tasks) {
        boolean given = Pause.until(() -> arrived() >= tasks, LONG_ENOUGH);
        if (!given) {
            throw new IllegalStateException("The Manager asked the Server for " + arrived() + " of " + tasks
                    + " tasks within " + LONG_ENOUGH.toMinutes() + " minutes.");
        }
    }

    /** Lets each Worker repeat its turn from now on. */
    Load load(List<SimulatedWorker> workers, Function<SimulatedWorker, Future<?>> turn) {
        return new Load(vertx, workers, turn);
    }

    /** Ends the load. */
    void stop(Load load) {
        Pause.until(load.stop(), LONG_ENOUGH, "Ending the load");
    }

    /** Measures what happens from now on for that long. */
    Measurement measure(String label, Duration duration) {
        return Measurement.take(label, duration, tally, manager);
    }

    @Override
    public void close() {
        manager.close();
        Pause.until(vertx.close(), LONG_ENOUGH, "Closing the generator");
    }

    private long arrived() {
        return server.queue().downloads().stream()
                .mapToLong(TaskQueue.Download::tasks)
                .sum();
    }
}

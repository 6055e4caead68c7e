package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.config.Variables;
import io.flamenco.manager.domain.FailurePolicy;
import io.flamenco.manager.http.BearerGate;
import io.flamenco.manager.http.HttpVerticle;
import io.flamenco.manager.http.RegistrationRoutes;
import io.flamenco.manager.http.WorkerActionRoutes;
import io.flamenco.manager.http.WorkerProtocol;
import io.flamenco.manager.scheduler.SchedulerOrders;
import io.flamenco.manager.scheduler.SchedulerOrders.BatchAnswered;
import io.flamenco.manager.scheduler.SchedulerOrders.MergeDownloaded;
import io.flamenco.manager.scheduler.SchedulerOrders.TakeBatch;
import io.flamenco.manager.scheduler.SchedulerOrders.TaskView;
import io.flamenco.manager.scheduler.TaskSchedulerVerticle;
import io.flamenco.manager.store.FarmStore;
import io.flamenco.manager.tasklog.TaskLogOrders;
import io.flamenco.manager.testjobs.TestJobs;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.Notification.Value;
import io.flamenco.shared.wire.Notification.Variable;
import io.flamenco.shared.wire.TaskUpdate;
import io.flamenco.shared.wire.WireTask;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Manager's scheduler and its calls for Workers on a real database, in time that is ticked by hand. Task logs are kept
 * in memory.
 */
public final class FarmUnderTest implements AutoCloseable {

    public static final String SECRET = "registration-secret";
    public static final String API_TOKEN = "api-token";
    public static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    public final Vertx vertx = Vertx.vertx();
    public final TickedTime time = new TickedTime(START);
    public final FarmBus bus = new FarmBus(vertx);
    public final Map<TaskId, String> logs = new ConcurrentHashMap<>();
    public final List<TaskLogOrders> logOrders = new CopyOnWriteArrayList<>();
    public final Path testFiles = temporary();
    private final AtomicInteger port = new AtomicInteger();
    private final FarmDatabase database;
    private final WebClient client = WebClient.create(vertx);
    private final FailurePolicy policy;
    public final RateLimit registrations = RateLimit.perMinute(time, 120);
    public final RateLimit guesses = RateLimit.perMinute(time, 120);
    private String scheduler = "";

    public FarmUnderTest() {
        this(new FailurePolicy(3, 3));
    }

    public FarmUnderTest(FailurePolicy policy) {
        this(policy, SECRET);
    }

    /**
     * @param registrationSecret empty to let anybody register
     */
    public FarmUnderTest(FailurePolicy policy, String registrationSecret) {
        this.policy = policy;
        this.database = await(FarmDatabase.forTest(vertx));
        rememberLogs();
        startScheduler();
        await(vertx.deployVerticle(
                () -> new HttpVerticle(
                        new ListenAddress("127.0.0.1", 0),
                        instance -> List.of(
                                new WorkerProtocol(
                                        instance,
                                        bus,
                                        time,
                                        URI.create("http://server.example/base/"),
                                        new Variables(variables()),
                                        Duration.ofMinutes(1),
                                        guesses),
                                new RegistrationRoutes(instance, bus, time, registrationSecret, registrations),
                                new WorkerActionRoutes(bus, new BearerGate(API_TOKEN))),
                        port::set),
                new io.vertx.core.DeploymentOptions()));
    }

    private void startScheduler() {
        scheduler = await(vertx.deployVerticle(
                new TaskSchedulerVerticle(bus, new FarmStore(database), policy, false, testJobs(), time, time)));
    }

    /** Everything that is not in the database is forgotten, as after a clean stop and a start. */
    public void restartScheduler() {
        await(vertx.undeploy(scheduler));
        startScheduler();
    }

    public FarmDatabase database() {
        return database;
    }

    /** Another Worker, signed on. */
    public WorkerUnderTest worker(String nickname, String... taskTypes) {
        WorkerUnderTest worker = new WorkerUnderTest(this, nickname, "linux", List.of(taskTypes));
        worker.post("/sign-on", new JsonObject());
        return worker;
    }

    public void download(WireTask... tasks) {
        ask(SchedulerOrders.MERGE_DOWNLOADED, new MergeDownloaded(List.of(tasks), time.instant()));
    }

    public TaskView task(TaskId id) {
        return Objects.requireNonNull(
                ask(SchedulerOrders.FIND_TASK, new SchedulerOrders.FindTask(id)).task());
    }

    public String status(WireTask task) {
        return task(Objects.requireNonNull(task.id())).status();
    }

    /** Takes everything out of the outbox, as a Server that handles all would. */
    public List<TaskUpdate> push() {
        List<TaskUpdate> updates = pending();
        var ids = updates.stream().map(TaskUpdate::id).toList();
        ask(SchedulerOrders.BATCH_ANSWERED, new BatchAnswered(ids, ids));
        return updates;
    }

    public List<TaskUpdate> pending() {
        return ask(SchedulerOrders.TAKE_BATCH, new TakeBatch(0)).updates();
    }

    public <Q, A> A ask(Command<Q, A> command, Q question) {
        return await(bus.ask(command, question));
    }

    public HttpRequest<Buffer> request(HttpMethod method, String path) {
        return client.request(method, port.get(), "127.0.0.1", path);
    }

    /** Where calls are answered, on the loopback interface. */
    public int port() {
        return port.get();
    }

    public static HttpResponse<Buffer> send(HttpRequest<Buffer> request, Object body) {
        return await(request.sendBuffer(Buffer.buffer(body.toString())));
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Path temporary() {
        try {
            Path directory = Files.createTempDirectory("flamenco-test-jobs");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rememberLogs() {
        bus.answer(TaskLogOrders.APPEND_LOG, append -> {
            logOrders.add(append);
            logs.merge(append.taskId(), append.text() + "\n", String::concat);
            return Future.succeededFuture(Done.DONE);
        });
        bus.answer(TaskLogOrders.ROTATE_LOG, rotate -> {
            logOrders.add(rotate);
            logs.remove(rotate.taskId());
            return Future.succeededFuture(Done.DONE);
        });
    }

    private static Map<String, Variable> variables() {
        return Map.of(
                "blender",
                new Variable(
                        Variables.ONEWAY,
                        List.of(
                                new Value("all", "linux", null, "/opt/myblenderbuild/blender"),
                                new Value("all", "windows", null, "c:/temp/blender.exe"))),
                "job_storage",
                new Variable(Variables.TWOWAY, List.of(new Value("all", "linux", null, "/shared/flamenco/jobs/"))));
    }

    private TestJobs testJobs() {
        return new TestJobs(
                new ManagerConfig.TestTasks(
                        testFiles.resolve("storage").toString(),
                        testFiles.resolve("render").toString()),
                new Variables(variables()),
                Optional.empty(),
                "linux");
    }

    static JsonArray array(List<String> texts) {
        return new JsonArray(new java.util.ArrayList<>(texts));
    }

    @Override
    public void close() {
        await(vertx.undeploy(scheduler));
        await(database.close());
        await(vertx.close());
    }
}

package io.flamenco.server;

import io.flamenco.mongo.DatabasePlace;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.archive.ArchiveVerticle;
import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.files.JobFiles;
import io.flamenco.server.http.BackupRoutes;
import io.flamenco.server.http.ServerHttpVerticle;
import io.flamenco.server.http.ServerHttpVerticle.Own;
import io.flamenco.server.http.ServerHttpVerticle.Place;
import io.flamenco.server.http.ServerHttpVerticle.Stores;
import io.flamenco.server.jobs.JobKeeperVerticle;
import io.flamenco.server.jobs.SubmissionVerticle;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.LinkingKeys;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Tasks;
import io.flamenco.server.token.JwtKeys;
import io.flamenco.server.upkeep.UpkeepVerticle;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.time.VertxTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Server, and how one is put together. */
public final class ServerRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRole.class);
    private static final String NAME = "server";
    private static final String DATABASE = "flamenco-server";

    private final Vertx vertx;
    private final ServerConfig config;
    private final FarmDatabase database;
    private final Clock clock = Clock.systemUTC();
    private final Kernel kernel;
    private final AtomicInteger port = new AtomicInteger();
    private final Promise<Integer> ended = Promise.promise();

    private ServerRole(Vertx vertx, ServerConfig config, FarmDatabase database) {
        this.vertx = vertx;
        this.config = config;
        this.database = database;
        this.kernel = new Kernel(vertx, NAME);
    }

    /**
     * Starts a Server.
     *
     * @return the Server once it answers; a failure whose message is a sentence for the person who starts it
     */
    public static Future<ServerRole> start(Vertx vertx, ServerConfig config) {
        return vertx.executeBlocking(() -> secrets(config.dataDirectory()))
                .compose(secrets -> openDatabase(vertx, config)
                        .compose(database -> new ServerRole(vertx, config, database).deploy(secrets)));
    }

    private record Secrets(String apiToken, JwtKeys keys) {}

    private static Secrets secrets(Path dataDirectory) {
        try {
            SecretFiles.createDirectories(dataDirectory);
            SecretFiles.createDirectories(dataDirectory.resolve("task-logs"));
            return new Secrets(
                    SecretFiles.readOrCreate(dataDirectory.resolve("api-token")), JwtKeys.readOrMake(dataDirectory));
        } catch (IOException e) {
            throw new StartFailure("The server cannot use its data directory " + dataDirectory + " (" + e.getMessage()
                    + "); make it writable or choose another one.");
        }
    }

    private static Future<FarmDatabase> openDatabase(Vertx vertx, ServerConfig config) {
        return FarmDatabase.open(
                        vertx, config.databaseUrl(), config.dataDirectory().resolve("database"), DATABASE)
                .onSuccess(database -> LOG.info("The database is open. database={}", database.describe()))
                .recover(failure -> Future.failedFuture(
                        new StartFailure("The server cannot open its database: " + failure.getMessage())));
    }

    private Future<ServerRole> deploy(Secrets secrets) {
        Stores stores =
                new Stores(new Jobs(database), new Tasks(database), new Managers(database), new LinkingKeys(database));
        return prepare(stores)
                .compose(prepared -> FarmOwner.readOrMake(database))
                .compose(owner -> addVerticles(stores, owner, secrets).start())
                .onSuccess(started -> LOG.info("The server is ready. url={}", address()))
                .map(this)
                .recover(failure -> database.close().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<Void> prepare(Stores stores) {
        Future<Void> prepared = stores.jobs()
                .prepare()
                .compose(jobs -> stores.tasks().prepare())
                .compose(tasks -> stores.managers().prepare());
        for (ServerConfig.ManagerEntry entry : config.managers()) {
            prepared = prepared.compose(
                    before -> stores.managers().put(entry.id(), entry.name(), entry.secret(), clock.instant()));
        }
        return prepared;
    }

    private Kernel addVerticles(Stores stores, FarmOwner owner, Secrets secrets) {
        JobFiles files = new JobFiles(vertx, config.dataDirectory());
        Own own = new Own(secrets.apiToken(), secrets.keys(), owner, files, backups(secrets));
        JobTypes types = JobTypes.load(config.allowExecCommand());
        Place place = new Place(config.listen().host(), config.listen().port(), port::set);
        return kernel.add(
                        "jobs",
                        config.verticle("jobs"),
                        () -> new JobKeeperVerticle(stores.jobs(), stores.tasks(), files, clock))
                .add(
                        "submissions",
                        config.verticle("submissions"),
                        () -> new SubmissionVerticle(
                                types, stores.jobs(), stores.tasks(), stores.managers(), owner, clock))
                .add(
                        "archive",
                        config.verticle("archive"),
                        () -> new ArchiveVerticle(stores.jobs(), stores.tasks(), new ArchivedTasks(database), files))
                .add(
                        "upkeep",
                        config.verticle("upkeep"),
                        () -> new UpkeepVerticle(
                                stores.jobs(), stores.tasks(), new VertxTimers(vertx), clock, config.retention()))
                .add("http", config.verticle("http"), () -> new ServerHttpVerticle(place, stores, own, types, clock));
    }

    private BackupRoutes backups(Secrets secrets) {
        String version = ServerRole.class.getPackage().getImplementationVersion();
        return new BackupRoutes(
                vertx,
                database,
                clock,
                version == null ? "development" : version,
                secrets.apiToken(),
                new AtomicBoolean());
    }

    /** Where the embedded database of a Server is that has this data directory. */
    public static DatabasePlace databasePlace(Path dataDirectory) {
        return new DatabasePlace(dataDirectory.resolve("database"), DATABASE);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<URI> url() {
        return Optional.of(config.ownUrl().orElseGet(this::address));
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return kernel.stop().eventually(database::close).onComplete(stopped -> ended.tryComplete(0));
    }

    private URI address() {
        String host = config.listen().host();
        String shown = "0.0.0.0".equals(host) || "::".equals(host) ? "localhost" : host;
        return URI.create("http://" + (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port.get() + "/");
    }
}

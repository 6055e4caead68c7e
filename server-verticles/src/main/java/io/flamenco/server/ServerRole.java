package io.flamenco.server;

import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.mongo.DatabasePlace;
import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.accounts.AccountsVerticle;
import io.flamenco.server.archive.ArchiveVerticle;
import io.flamenco.server.audit.AuditVerticle;
import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.files.JobFiles;
import io.flamenco.server.http.BusTerms;
import io.flamenco.server.http.ServerHttpVerticle;
import io.flamenco.server.http.ServerHttpVerticle.Crews;
import io.flamenco.server.http.ServerHttpVerticle.Own;
import io.flamenco.server.http.ServerHttpVerticle.People;
import io.flamenco.server.http.ServerHttpVerticle.Place;
import io.flamenco.server.http.ServerHttpVerticle.Stores;
import io.flamenco.server.jobs.JobKeeperVerticle;
import io.flamenco.server.jobs.SubmissionVerticle;
import io.flamenco.server.news.ManagerNewsVerticle;
import io.flamenco.server.store.ApiTokens;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.AuditLog;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.LinkingKeys;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Projects;
import io.flamenco.server.store.ReportedWorkers;
import io.flamenco.server.store.StatusOrders;
import io.flamenco.server.store.TaskRuns;
import io.flamenco.server.store.Tasks;
import io.flamenco.server.store.UserSessions;
import io.flamenco.server.store.Users;
import io.flamenco.server.token.JwtKeys;
import io.flamenco.server.token.TokenSeal;
import io.flamenco.server.upkeep.UpkeepVerticle;
import io.flamenco.server.workers.FarmWorkersVerticle;
import io.flamenco.shared.bridge.BridgePlaces;
import io.flamenco.shared.bridge.TcpBridgeVerticle;
import io.flamenco.shared.http.BackupHandler;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.https.HttpsParts;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.time.VertxTimers;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running Server, and how one is put together. */
public final class ServerRole implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRole.class);
    private static final String NAME = "server";
    private static final Duration LINK_LASTS = Duration.ofDays(1);
    private static final String DATABASE = "flamenco-server";

    private final Vertx vertx;
    private final ServerConfig config;
    private final FarmDatabase database;
    private final Clock clock = Clock.systemUTC();
    private final Kernel kernel;
    private final People people;
    private final HttpsParts https;
    private final AtomicReference<@Nullable FarmOwner> owner = new AtomicReference<>();
    private final AtomicReference<String> firstPassword = new AtomicReference<>("");
    private final AtomicInteger port = new AtomicInteger();
    private final Promise<Integer> ended = Promise.promise();

    private Supplier<ServerHttpVerticle> http = () -> {
        throw new IllegalStateException("the Server is not started");
    };

    private ServerRole(Vertx vertx, ServerConfig config, FarmDatabase database) {
        this.vertx = vertx;
        this.config = config;
        this.database = database;
        this.kernel = new Kernel(vertx, NAME);
        this.https = new HttpsParts(config.listening());
        this.people = new People(
                new Users(database), new UserSessions(database), new ApiTokens(database), new AuditLog(database));
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

    private record Secrets(String apiToken, JwtKeys keys, TokenSeal seal) {}

    private static Secrets secrets(Path dataDirectory) {
        try {
            SecretFiles.createDirectories(dataDirectory);
            SecretFiles.createDirectories(dataDirectory.resolve("task-logs"));
            return new Secrets(
                    SecretFiles.readOrCreate(dataDirectory.resolve("api-token")),
                    JwtKeys.readOrMake(dataDirectory),
                    TokenSeal.readOrMake(dataDirectory));
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
        Stores stores = new Stores(
                new Jobs(database),
                new Tasks(database),
                new TaskRuns(database),
                new Managers(database, secrets.seal()),
                new LinkingKeys(database),
                new Projects(database),
                new Crews(new ReportedWorkers(database), new StatusOrders(database)),
                people);
        return prepare(stores)
                .compose(prepared -> FarmOwner.readOrMake(database))
                .onSuccess(found -> owner.set(found))
                .compose(
                        found -> vertx.executeBlocking(() -> JobTypes.load(config.allowExecCommand(), config.plugins()))
                                .compose(types -> addVerticles(stores, found, secrets, types)
                                        .start()))
                .onSuccess(started -> LOG.info("The server is ready. url={}", url().orElseThrow()))
                .map(this)
                .recover(failure -> database.close().transform(closed -> Future.failedFuture(failure)));
    }

    private Future<Void> prepare(Stores stores) {
        Future<Void> prepared = stores.jobs()
                .prepare()
                .compose(jobs -> stores.tasks().prepare())
                .compose(tasks -> stores.managers().prepare())
                .compose(managers -> people.users().prepare())
                .compose(users -> people.sessions().prepare())
                .compose(sessions -> people.tokens().prepare())
                .compose(tokens -> people.audit().prepare())
                .compose(audit -> stores.crews().reported().prepare())
                .compose(reported -> stores.crews().orders().prepare());
        for (ServerConfig.ManagerEntry entry : config.managers()) {
            prepared = prepared.compose(before -> put(entry, stores.managers()));
        }
        return prepared;
    }

    /** Those in the settings are told apart when these are read; one that was linked may still have the same secret. */
    private Future<Void> put(ServerConfig.ManagerEntry entry, Managers managers) {
        Set<ManagerId> ours =
                config.managers().stream().map(ServerConfig.ManagerEntry::id).collect(Collectors.toSet());
        return managers.withToken(entry.secret()).compose(holder -> {
            if (holder.filter(other -> !ours.contains(other.id())).isPresent()) {
                throw new StartFailure(
                        "The Manager \"" + entry.name() + "\" in the settings has the secret of the Manager \""
                                + holder.get().name() + "\" (" + holder.get().id()
                                + "), which this Server knows already; give it one of its own, such as from: openssl rand -hex 32");
            }
            return managers.put(entry.id(), entry.name(), entry.secret(), clock.instant());
        });
    }

    private Kernel addVerticles(Stores stores, FarmOwner owner, Secrets secrets, JobTypes types) {
        JobFiles files = new JobFiles(vertx, config.dataDirectory());
        Own own = new Own(
                secrets.apiToken(),
                secrets.keys(),
                owner,
                files,
                new BackupHandler(vertx, this::blockingBackup, new AtomicBoolean()),
                config.listening().ownUrl(),
                config.people().publicRead(),
                config.people().requestsPerSecond(),
                new BridgePlaces(config.eventBus()));
        Place place = new Place(config.listening().address(), https.encryption(), port::set);
        https.addTo(kernel, vertx, clock, config.dataDirectory(), "server", port::get);
        AccountsVerticle.Setup accounts = new AccountsVerticle.Setup(
                owner.user(),
                config.people().sessionLasts(),
                firstPassword::set,
                config.people().passwordCost());
        http = () -> new ServerHttpVerticle(place, stores, own, types, clock);
        if (config.eventBus().tcp()) {
            kernel.add("tcp-bridge", config.verticle("tcp-bridge"), () -> tcpBridge(stores, own));
        }
        return kernel.add(
                        "accounts",
                        config.verticle("accounts"),
                        () -> new AccountsVerticle(
                                people.users(),
                                people.sessions(),
                                people.tokens(),
                                accounts,
                                new VertxTimers(vertx),
                                clock))
                .add(
                        "jobs",
                        config.verticle("jobs"),
                        () -> new JobKeeperVerticle(stores.jobs(), stores.tasks(), files, clock))
                .add(
                        "submissions",
                        config.verticle("submissions"),
                        () -> new SubmissionVerticle(types, stores.jobs(), stores.tasks(), stores.managers(), clock))
                .add(
                        "archive",
                        config.verticle("archive"),
                        () -> new ArchiveVerticle(stores.jobs(), stores.tasks(), new ArchivedTasks(database), files))
                .add(
                        "upkeep",
                        config.verticle("upkeep"),
                        () -> new UpkeepVerticle(
                                stores.jobs(), stores.tasks(), new VertxTimers(vertx), clock, config.retention()))
                .add(
                        "workers",
                        config.verticle("workers"),
                        () -> new FarmWorkersVerticle(
                                stores.crews().reported(), stores.crews().orders(), new VertxTimers(vertx), clock))
                .add("news", config.verticle("news"), () -> new ManagerNewsVerticle(new VertxTimers(vertx)))
                .add(
                        "audit",
                        config.verticle("audit"),
                        () -> new AuditVerticle(
                                people.audit(), config.people().auditKept(), new VertxTimers(vertx), clock))
                .add("http", config.verticle("http"), http);
    }

    private TcpBridgeVerticle tcpBridge(Stores stores, Own own) {
        return new TcpBridgeVerticle(
                config.eventBus(),
                https.encryption(),
                instance -> BusTerms.of(instance, stores, own, clock),
                listening -> {});
    }

    private void blockingBackup(OutputStream body) throws IOException {
        String version = ServerRole.class.getPackage().getImplementationVersion();
        try {
            database.blockingBackup(
                    new BackupLabel(NAME, version == null ? "development" : version, clock.instant()), body);
        } catch (BackupException refused) {
            throw new HttpFailure(409, "There is nothing to back up here: " + refused.getMessage() + ".");
        }
    }

    /** Everything that this Server answers. */
    Router router() {
        return http.get().router(vertx);
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
        return Optional.of(
                config.listening().ownUrl().orElseGet(() -> config.listening().local(port.get())));
    }

    @Override
    public Optional<Fingerprint> pin() {
        return https.pin();
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return kernel.stop().eventually(database::close).onComplete(stopped -> ended.tryComplete(0));
    }

    /** The password of the admin that this start made; empty when there were users before. */
    public Optional<String> firstPassword() {
        return Optional.ofNullable(firstPassword.get()).filter(password -> !password.isEmpty());
    }

    /** A link with which the farm's owner can log in once, within a day. */
    public Future<URI> loginLink() {
        Instant now = clock.instant();
        FarmOwner known = Objects.requireNonNull(owner.get(), "the server has not started");
        return people.sessions()
                .makeKey(known.user(), now, now.plus(LINK_LASTS))
                .map(key -> url().orElseThrow().resolve("/login#key=" + key));
    }
}

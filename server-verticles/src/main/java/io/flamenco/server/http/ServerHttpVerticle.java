package io.flamenco.server.http;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.files.JobFiles;
import io.flamenco.server.store.ApiTokens;
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
import io.flamenco.shared.bridge.BridgePlaces;
import io.flamenco.shared.bridge.SockJsBridge;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.BackupHandler;
import io.flamenco.shared.http.BrokenBodies;
import io.flamenco.shared.http.ConnectionLimit;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.http.ProblemJson;
import io.flamenco.shared.http.RequestRates;
import io.flamenco.shared.http.RouteMethods;
import io.flamenco.shared.http.SecurityHeaders;
import io.flamenco.shared.https.Encryption;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Listens on the Server's port. Runs once per core. */
public final class ServerHttpVerticle extends VerticleBase {

    /** In Vert.x a negative port is any free one that all instances of the verticle share. */
    private static final int ANY_SHARED_PORT = -1;

    /** Longer than any wait of ours, shorter than the patience of one who holds connections for nothing. */
    private static final int IDLE_SECONDS = 180;

    private static final int LONGEST_LINE = 8 << 10;
    private static final int LARGEST_HEADERS = 16 << 10;
    private static final int MOST_FORM_FIELDS = 50;
    private static final int LARGEST_MESSAGE = 64 << 10;

    /** Per event loop. */
    private static final int MOST_CONNECTIONS = 5_000;

    /** Many people may share the address of a proxy. */
    private static final int CREDENTIALS_PER_ADDRESS = 4;

    private final Place place;
    private final Stores stores;
    private final Own own;
    private final JobTypes types;
    private final Clock clock;
    private final ConnectionLimit limit = new ConnectionLimit(MOST_CONNECTIONS);

    /**
     * Where to listen.
     *
     * @param listening is told the port once it is known
     */
    public record Place(ListenAddress address, Encryption encryption, IntConsumer listening) {}

    /** What to read from. */
    public record Stores(
            Jobs jobs,
            Tasks tasks,
            TaskRuns runs,
            Managers managers,
            LinkingKeys linkingKeys,
            Projects projects,
            Crews crews,
            People people) {}

    /** The Workers of all Managers, and what is wanted of them. */
    public record Crews(ReportedWorkers reported, StatusOrders orders) {}

    /** Who may do what. */
    public record People(Users users, UserSessions sessions, ApiTokens tokens, AuditLog audit) {}

    /**
     * What belongs to this Server alone.
     *
     * @param apiToken makes an admin of whoever has it
     * @param ownUrl how people reach the Server, when it is known
     * @param publicRead whether strangers may read
     * @param requestsPerSecond with one credential
     * @param busPlaces how many may use the bus
     * @param files what is kept of jobs beside the database
     * @param backups hands out the whole database
     */
    public record Own(
            String apiToken,
            JwtKeys keys,
            FarmOwner owner,
            JobFiles files,
            BackupHandler backups,
            Optional<URI> ownUrl,
            boolean publicRead,
            int requestsPerSecond,
            BridgePlaces busPlaces) {}

    public ServerHttpVerticle(Place place, Stores stores, Own own, JobTypes types, Clock clock) {
        this.place = place;
        this.stores = stores;
        this.own = own;
        this.types = types;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setCompressionSupported(true)
                .setDecompressionSupported(true)
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxFormFields(MOST_FORM_FIELDS)
                .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                .setIdleTimeout(IDLE_SECONDS);
        ListenAddress address = place.address();
        return vertx.createHttpServer(
                        ConnectionLimit.counting(place.encryption().on(options)))
                .requestHandler(place.encryption().remembered(router(vertx)))
                .connectionHandler(this::onConnection)
                .listen(address.port() == 0 ? ANY_SHARED_PORT : address.port(), address.host())
                .map(HttpServer::actualPort)
                .onSuccess(place.listening()::accept)
                .recover(failure -> Future.failedFuture(
                        StartFailure.ofListening("server", address.host(), address.port(), failure)));
    }

    private void onConnection(HttpConnection connection) {
        limit.handle(connection);
        BrokenBodies.answerOn(connection);
    }

    /** Everything that this Server answers; the verticle need not run. */
    public Router router(Vertx vertx) {
        FarmBus bus = new FarmBus(vertx);
        Router router = Router.router(vertx);
        router.route()
                .handler(new RequestRates(
                        clock, own.requestsPerSecond(), own.requestsPerSecond() * CREDENTIALS_PER_ADDRESS));
        router.route().handler(new SecurityHeaders());
        router.route().handler(new AuditTrail(stores.people().audit(), clock));
        OtherSites otherSites = new OtherSites(own.ownUrl());
        Ownership ownership = new Ownership(stores.jobs(), stores.tasks());
        Access access = new Access(stores.people(), own, ownership, clock);
        ChangeFacts facts = new ChangeFacts(stores.managers(), bus, clock);
        ProjectChoice projects = new ProjectChoice(stores.projects(), own.owner());
        WorkerRoutes workers =
                new WorkerRoutes(stores.crews().reported(), stores.crews().orders(), stores.managers(), bus, clock);
        workers.mountForManagers(router);
        new NewsRoutes(stores.managers(), bus).mountForManagers(router);
        new ManagerApi(stores.jobs(), stores.tasks(), stores.managers(), bus, facts, clock).mount(router);
        new ProtocolRoutes(stores.jobs(), stores.tasks(), stores.managers(), projects, bus, access, facts, clock)
                .mount(router);
        new LinkRoutes(stores.managers(), stores.linkingKeys(), access, otherSites, facts, clock).mount(router);
        new TokenRoutes(own.keys(), stores.managers(), access, projects, clock).mount(router);
        LogRoutes logs = new LogRoutes(stores.tasks(), stores.managers(), bus, own.files());
        logs.mountForManagers(router);
        new PublicApi(stores.jobs(), stores.tasks(), types, bus, access, ownership, projects).mount(router);
        new RunRoutes(stores.jobs(), stores.runs()).mount(router, "/api/v1");
        new IdRoutes(stores.jobs(), stores.tasks()).mount(router, "/api/v1");
        new ManagerRoutes(stores.managers(), stores.crews().reported(), facts, clock).mount(router, "/api/v1");
        PictureRoutes pictures =
                new PictureRoutes(stores.tasks(), stores.managers(), own.files().pictures(), bus, clock);
        pictures.mountForManagers(router);
        router.get("/api/v1/backup").handler(own.backups());
        logs.mountForPeople(router, "/api/v1");
        pictures.mountForPeople(router, "/api/v1");
        People people = stores.people();
        SessionCookie cookie = new SessionCookie(own.ownUrl());
        new SessionRoutes(people.sessions(), people.tokens(), cookie, otherSites, bus, clock).mount(router, "/api/v1");
        new OwnSessionRoutes(people.sessions(), cookie, clock).mount(router, "/api/v1");
        new UserRoutes(people.users(), stores.projects(), bus, facts, clock).mount(router, "/api/v1");
        workers.mountForPeople(router, "/api/v1");
        new ProjectRoutes(stores.projects(), stores.jobs(), own.owner(), facts, clock).mount(router, "/api/v1");
        new AuditRoutes(people.audit()).mount(router, "/api/v1");
        new SockJsBridge(vertx, BusTerms.of(vertx, stores, own, clock)).addTo(router);
        Pages.mount(vertx, router);
        RouteMethods.letHeadAskAsGet(router);
        ProblemJson problems = new ProblemJson(router);
        router.route().failureHandler(problems);
        for (int status : new int[] {400, 401, 403, 404, 405, 413, 415, 429, 500}) {
            router.errorHandler(status, problems);
        }
        return router;
    }
}

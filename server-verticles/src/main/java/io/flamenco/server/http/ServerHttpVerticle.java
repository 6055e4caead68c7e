package io.flamenco.server.http;

import io.flamenco.server.compile.JobTypes;
import io.flamenco.server.files.JobFiles;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.LinkingKeys;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Tasks;
import io.flamenco.server.token.JwtKeys;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.ProblemJson;
import io.flamenco.shared.http.SecurityHeaders;
import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.function.IntConsumer;

/** Listens on the Server's port. Runs once per core. */
public final class ServerHttpVerticle extends VerticleBase {

    /** In Vert.x a negative port is any free one that all instances of the verticle share. */
    private static final int ANY_SHARED_PORT = -1;

    /** Longer than any wait of ours, shorter than the patience of one who holds connections for nothing. */
    private static final int IDLE_SECONDS = 180;

    private final Place place;
    private final Stores stores;
    private final Own own;
    private final JobTypes types;
    private final Clock clock;

    /**
     * Where to listen.
     *
     * @param port 0 for any free one
     * @param listening is told the port once it is known
     */
    public record Place(String host, int port, IntConsumer listening) {}

    /** What to read from. */
    public record Stores(Jobs jobs, Tasks tasks, Managers managers, LinkingKeys linkingKeys) {}

    /**
     * What belongs to this Server alone.
     *
     * @param apiToken what {@code /api/v1} asks of those who change something
     * @param files what is kept of jobs beside the database
     * @param backups hands out the whole database
     */
    public record Own(String apiToken, JwtKeys keys, FarmOwner owner, JobFiles files, BackupRoutes backups) {}

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
                .setIdleTimeout(IDLE_SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(router())
                .listen(place.port() == 0 ? ANY_SHARED_PORT : place.port(), place.host())
                .map(HttpServer::actualPort)
                .onSuccess(place.listening()::accept)
                .recover(failure ->
                        Future.failedFuture(StartFailure.ofListening("server", place.host(), place.port(), failure)));
    }

    private Router router() {
        FarmBus bus = new FarmBus(vertx);
        Router router = Router.router(vertx);
        router.route().handler(new SecurityHeaders());
        new ManagerApi(stores.jobs(), stores.tasks(), stores.managers(), bus, clock).mount(router);
        new ProtocolRoutes(stores.jobs(), stores.managers(), own.owner(), bus, own.apiToken()).mount(router);
        new LinkRoutes(stores.managers(), stores.linkingKeys(), own.apiToken(), clock).mount(router);
        new TokenRoutes(own.keys(), stores.managers(), own.owner(), own.apiToken(), clock).mount(router);
        own.backups().mount(router);
        LogRoutes logs = new LogRoutes(stores.tasks(), stores.managers(), own.files());
        logs.mountForManagers(router);
        PublicApi api = new PublicApi(stores.jobs(), stores.tasks(), stores.managers(), types, bus, own.apiToken());
        api.mount(router);
        logs.mountForPeople(router, "/api/v1");
        Pages.mount(vertx, router);
        ProblemJson problems = new ProblemJson();
        router.route().failureHandler(problems);
        for (int status : new int[] {400, 404, 405, 413, 415, 500}) {
            router.errorHandler(status, problems);
        }
        return router;
    }
}

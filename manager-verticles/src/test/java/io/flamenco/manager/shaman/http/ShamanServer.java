package io.flamenco.manager.shaman.http;

import io.flamenco.manager.http.BearerGate;
import io.flamenco.manager.http.HttpVerticle;
import io.flamenco.manager.shaman.ShamanMetrics;
import io.flamenco.manager.shaman.ShamanVerticle;
import io.flamenco.manager.shaman.blocking.Shaman;
import io.flamenco.manager.shaman.blocking.StoreUnderTest;
import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.time.VertxTimers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A file store and its HTTP face, in this process or, by {@link #main}, in one of its own. */
final class ShamanServer {

    static final String TOKEN = "token-of-the-test";

    /** What the line that tells the port begins with. */
    static final String PORT_IS = "port=";

    private static final long LARGEST = 64 << 20;

    /** Else the first removal of forgotten files, at the start, takes the old files that a test has just put there. */
    private static final Duration NEVER_COLLECT = Duration.ZERO;

    final Vertx vertx = Vertx.vertx();
    final Shaman shaman;
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger port = new AtomicInteger();

    ShamanServer(Path directory) {
        this(StoreUnderTest.open(directory));
    }

    ShamanServer(Shaman open) {
        this.shaman = open;
        ShamanMetrics metrics = new ShamanMetrics(registry, shaman.live());
        BearerGate gate = new BearerGate(TOKEN);
        await(vertx.deployVerticle(
                new ShamanVerticle(shaman, metrics, new VertxTimers(vertx), Clock.systemUTC(), NEVER_COLLECT)));
        await(vertx.deployVerticle(new HttpVerticle(
                new ListenAddress("127.0.0.1", 0),
                instance -> List.of(
                        new FileRoutes(instance, shaman, LARGEST, gate, metrics),
                        new CheckoutRoutes(instance, shaman, gate, metrics)),
                port::set)));
    }

    /** Runs until killed; prints the port. */
    public static void main(String[] arguments) {
        System.out.println(PORT_IS + new ShamanServer(Path.of(arguments[0])).port());
    }

    int port() {
        return port.get();
    }

    void stop() {
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}

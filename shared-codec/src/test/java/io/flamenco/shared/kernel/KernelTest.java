package io.flamenco.shared.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        settle(vertx.close());
    }

    private static <T> Future<T> settle(Future<T> future) {
        future.toCompletionStage()
                .handle((value, failure) -> failure)
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return future;
    }

    private Supplier<VerticleBase> verticle(String name, Future<Void> outcome) {
        return () -> new VerticleBase() {
            @Override
            public Future<?> start() {
                events.add("start " + name);
                return outcome;
            }

            @Override
            public Future<?> stop() {
                events.add("stop " + name);
                return Future.succeededFuture();
            }
        };
    }

    @Test
    void verticles_start_in_order_and_stop_in_reverse() {
        Kernel kernel = new Kernel(vertx, "manager")
                .add("one", VerticleSettings.on(1), verticle("one", Future.succeededFuture()))
                .add("two", VerticleSettings.on(2), verticle("two", Future.succeededFuture()));

        settle(kernel.start());
        settle(kernel.stop());

        assertThat(events).containsExactly("start one", "start two", "start two", "stop two", "stop two", "stop one");
    }

    @Test
    void one_that_is_switched_off_is_left_out() {
        Kernel kernel = new Kernel(vertx, "manager")
                .add("one", new VerticleSettings(false, 1), verticle("one", Future.succeededFuture()));

        assertThat(settle(kernel.start()).succeeded()).isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void one_that_cannot_start_takes_down_those_before_and_is_named() {
        Kernel kernel = new Kernel(vertx, "manager")
                .add("one", VerticleSettings.on(1), verticle("one", Future.succeededFuture()))
                .add("two", VerticleSettings.on(1), verticle("two", Future.failedFuture("no such directory")))
                .add("three", VerticleSettings.on(1), verticle("three", Future.succeededFuture()));

        Future<Void> started = settle(kernel.start());

        assertThat(started.cause())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("\"two\"")
                .hasMessageContaining("no such directory");
        assertThat(events).containsExactly("start one", "start two", "stop one");
    }
}

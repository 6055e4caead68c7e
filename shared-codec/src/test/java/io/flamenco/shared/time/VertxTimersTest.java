package io.flamenco.shared.time;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxTimersTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private String deploy(Function<Vertx, Future<?>> work) {
        return vertx.deployVerticle(new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        new VertxTimers(vertx).every("work", Duration.ZERO, Duration.ofMillis(1), () -> {
                            rounds.incrementAndGet();
                            return work.apply(vertx).onComplete(done -> ended.incrementAndGet());
                        });
                        return Future.succeededFuture();
                    }
                })
                .await();
    }

    @Test
    void work_comes_round_whether_it_succeeds_or_fails() {
        deploy(vertx -> {
            if (rounds.get() > 2) {
                throw new IllegalStateException("this time");
            }
            return rounds.get() > 1 ? Future.failedFuture("this time") : Future.succeededFuture();
        });

        await().until(() -> rounds.get() > 5);
    }

    @Test
    void work_under_way_when_its_verticle_ends_does_not_come_round_again() {
        CountDownLatch undeployed = new CountDownLatch(1);
        String verticle = deploy(vertx -> vertx.executeBlocking(() -> {
            undeployed.await();
            return "done";
        }));
        await().until(() -> rounds.get() == 1);

        vertx.undeploy(verticle).await();
        undeployed.countDown();

        await().until(() -> ended.get() > 0);
        await().atMost(Duration.ofSeconds(3)).during(Duration.ofMillis(200)).until(() -> rounds.get() == 1);
    }
}

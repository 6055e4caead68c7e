package io.flamenco.shared.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That the tests of all modules would fail, were a thread of Vert.x blocked. */
class BlockedThreadsTest {

    private final Vertx impatient = Vertx.vertx(new VertxOptions()
            .setBlockedThreadCheckInterval(10)
            .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
            .setMaxEventLoopExecuteTime(20));
    private final CountDownLatch unblocked = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        unblocked.countDown();
        impatient.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private List<String> warningsWhileBlocked(Heartbeat heartbeat) throws Exception {
        List<String> seen = new ArrayList<>();
        try (BlockedThreadWarnings warnings = BlockedThreadWarnings.listen(heartbeat)) {
            CountDownLatch blocking = new CountDownLatch(1);
            impatient.runOnContext(start -> {
                blocking.countDown();
                awaitUninterruptibly(unblocked);
            });
            assertThat(blocking.await(60, TimeUnit.SECONDS)).isTrue();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (seen.isEmpty() && System.nanoTime() < end) {
                seen.addAll(warnings.take());
                Thread.onSpinWait();
            }
        }
        return seen;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A machine that lets threads run, or none. */
    private static Heartbeat machine(boolean standsStill) {
        return new Heartbeat() {
            @Override
            boolean stoodStill() {
                return standsStill;
            }
        };
    }

    @Test
    @BlocksOnPurpose
    void a_blocked_event_loop_fails_the_test() throws Exception {
        List<String> warnings = warningsWhileBlocked(machine(false));

        assertThat(warnings).isNotEmpty();
        assertThatThrownBy(() -> BlockedThreads.check(warnings))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("vert.x-eventloop-thread")
                .hasMessageContaining("blocked");
    }

    @Test
    @BlocksOnPurpose
    void a_machine_that_stands_still_fails_nobody() throws Exception {
        assertThat(warningsWhileBlocked(machine(true))).isEmpty();
    }

    @Test
    void every_test_is_watched_without_asking_for_it(BlockedThreadWarnings watching) {
        assertThat(watching.isStarted()).isTrue();
    }
}

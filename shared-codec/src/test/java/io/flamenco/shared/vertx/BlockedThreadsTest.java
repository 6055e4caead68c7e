package io.flamenco.shared.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That the tests of all modules would fail, were a thread of Vert.x blocked. */
class BlockedThreadsTest {

    /** Blocks an event loop, of which its Vert.x soon warns. */
    private static void blockUntil(Callable<Boolean> heard) throws Exception {
        Vertx impatient = Vertx.vertx(new VertxOptions()
                .setBlockedThreadCheckInterval(10)
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(20));
        CountDownLatch unblocked = new CountDownLatch(1);
        impatient.runOnContext(start -> awaitUninterruptibly(unblocked));
        try {
            await().until(heard);
        } finally {
            unblocked.countDown();
            impatient.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
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

    /** Who began to listen first hears first, so what the other has heard would have been heard by both. */
    @Test
    @BlocksOnPurpose
    void a_blocked_event_loop_fails_the_test_unless_the_whole_machine_stands_still() throws Exception {
        List<String> warnings = new CopyOnWriteArrayList<>();
        try (BlockedThreadWarnings standing = BlockedThreadWarnings.listen(machine(true));
                BlockedThreadWarnings running = BlockedThreadWarnings.listen(machine(false))) {
            blockUntil(() -> warnings.addAll(running.take()));

            assertThat(standing.take()).isEmpty();
        }
        assertThatThrownBy(() -> BlockedThreads.check(warnings))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("vert.x-eventloop-thread")
                .hasMessageContaining("blocked");
    }

    @Test
    void every_test_is_watched_without_asking_for_it(BlockedThreadWarnings watching) {
        assertThat(watching.isStarted()).isTrue();
    }
}

package io.flamenco.manager.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.manager.store.FarmChanges;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnWriterTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T08:00:00Z"));
    private final Changes changes = new Changes();
    private final List<Promise<Void>> writes = new CopyOnWriteArrayList<>();
    private final TurnWriter writer = new TurnWriter(loop, time, changes, this::write, turn -> {});

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Void> write(FarmChanges written) {
        Promise<Void> write = Promise.promise();
        writes.add(write);
        return write.future();
    }

    private <T> T onLoop(Callable<T> action) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(now -> {
            try {
                done.complete(action.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future().toCompletionStage().toCompletableFuture().join();
    }

    private Future<Void> change() {
        return onLoop(() -> {
            changes.store(new WorkerEntry(WorkerId.next()));
            return writer.stored();
        });
    }

    @Test
    void while_the_database_is_away_everybody_is_told_at_once_and_what_changed_meanwhile_is_stored_when_it_is_back() {
        // Given
        Future<Void> first = change();
        await().until(() -> writes.size() == 1);
        Future<Void> second = change();

        // When
        onLoop(() -> writes.getFirst().tryFail("away"));
        Future<Void> third = change();

        // Then
        assertThat(List.of(first, second, third)).allMatch(Future::failed);

        // When
        time.tick(Duration.ofSeconds(1));
        onLoop(() -> writes.getLast().tryComplete());
        await().until(() -> writes.size() == 3);
        Future<Void> fourth = change();
        onLoop(() -> writes.getLast().tryComplete());
        await().until(() -> writes.size() == 4);
        onLoop(() -> writes.getLast().tryComplete());

        // Then
        await().until(fourth::succeeded);
        assertThat(onLoop(changes::urgent)).isFalse();
    }
}

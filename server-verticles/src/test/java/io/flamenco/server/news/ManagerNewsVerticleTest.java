package io.flamenco.server.news;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.server.news.NewsOrder.Happened;
import io.flamenco.server.news.NewsOrder.Wait;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.time.TickedTime;
import io.flamenco.shared.wire.ManagerNews;
import io.flamenco.shared.wire.NewsKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagerNewsVerticleTest {

    private static final ManagerId NAVE = new ManagerId("5c0100000000000000000001");
    private static final ManagerId OTHER = new ManagerId("5c0100000000000000000002");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);
    private final TickedTime time = new TickedTime(Instant.parse("2026-11-22T12:00:00Z"));

    @BeforeEach
    void start_it() {
        vertx.deployVerticle(new ManagerNewsVerticle(time)).await();
    }

    @AfterEach
    void end() {
        vertx.close().await();
    }

    private Future<ManagerNews> ask(ManagerId manager, String mark, Duration patience) {
        return bus.ask(NewsOrder.WAIT, new Wait(manager, mark, patience));
    }

    private String markOf(ManagerId manager) {
        return ask(manager, "", Duration.ZERO).await().mark();
    }

    private Future<ManagerNews> waiting(ManagerId manager, String mark) {
        int before = time.waiting();
        Future<ManagerNews> answer = ask(manager, mark, PATIENCE);
        await().until(() -> time.waiting() > before);
        return answer;
    }

    private void happens(ManagerId manager, NewsKind kind) {
        bus.tell(NewsOrder.HAPPENED, new Happened(manager, kind));
    }

    @Test
    void to_a_manager_that_knows_nothing_everything_is_new() {
        ManagerNews first = ask(NAVE, "", PATIENCE).await();
        ManagerNews ofAnotherStart =
                ask(NAVE, "5c0100000000000000000fff-7", PATIENCE).await();
        ManagerNews ofTheFuture = ask(NAVE, first.mark() + "9", PATIENCE).await();

        assertThat(first.news()).containsExactly("tasks", "requests", "workers");
        assertThat(ofAnotherStart).isEqualTo(first);
        assertThat(ofTheFuture).isEqualTo(first);
    }

    @Test
    void who_waits_is_answered_when_something_happens_to_them() {
        Future<ManagerNews> nave = waiting(NAVE, markOf(NAVE));
        Future<ManagerNews> other = waiting(OTHER, markOf(OTHER));

        happens(NAVE, NewsKind.REQUESTS);

        assertThat(nave.await().news()).containsExactly("requests");
        assertThat(other.isComplete()).isFalse();
    }

    @Test
    void what_happens_between_two_questions_is_told_with_the_second() {
        String mark = markOf(NAVE);
        happens(NAVE, NewsKind.TASKS);
        happens(NAVE, NewsKind.WORKERS);
        happens(NAVE, NewsKind.TASKS);

        await().untilAsserted(() ->
                assertThat(ask(NAVE, mark, Duration.ZERO).await().news()).containsExactly("tasks", "workers"));
        assertThat(ask(NAVE, markOf(NAVE), Duration.ZERO).await().news()).isEmpty();
    }

    @Test
    void who_waits_in_vain_is_told_so_and_goes_on_from_there() {
        String mark = markOf(NAVE);
        Future<ManagerNews> nave = waiting(NAVE, mark);

        time.tick(PATIENCE);

        assertThat(nave.await()).isEqualTo(new ManagerNews(mark, List.of()));
        assertThat(time.waiting()).isZero();
    }

    @Test
    void a_second_call_of_a_manager_ends_its_first_one() {
        String mark = markOf(NAVE);
        Future<ManagerNews> first = waiting(NAVE, mark);

        Future<ManagerNews> second = ask(NAVE, mark, PATIENCE);

        assertThat(first.await().news()).isEmpty();
        happens(NAVE, NewsKind.TASKS);
        assertThat(second.await().news()).containsExactly("tasks");
        assertThat(time.waiting()).isZero();
    }
}

package io.flamenco.shared.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FarmBusTest {

    /** What the tests ask. */
    public record Question(TaskId task, int number) {}

    /** What they are answered. */
    public sealed interface Answer {

        /** Granted. */
        record Granted(String text) implements Answer {}

        /** Refused. */
        record Refused() implements Answer {}
    }

    private static final Command<Question, Answer> ASK = new Command<>("test.ask", Question.class, Answer.class);

    private final Vertx vertx = Vertx.vertx();
    private final FarmBus bus = new FarmBus(vertx);

    @AfterEach
    void close() {
        settled(vertx.close());
    }

    private static <T> T settled(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private static HttpFailure refusal(Future<?> future) {
        await().until(future::isComplete);
        assertThat(future.cause()).isInstanceOf(HttpFailure.class);
        return (HttpFailure) future.cause();
    }

    @Test
    void an_answer_of_a_sealed_family_arrives_as_the_same_object() {
        Answer granted = new Answer.Granted("yes");
        bus.answer(ASK, question -> Future.succeededFuture(granted));

        assertThat(settled(bus.ask(ASK, new Question(TaskId.next(), 1)))).isSameAs(granted);
    }

    @Test
    void a_refusal_arrives_with_its_status_and_sentence() {
        bus.answer(ASK, question -> Future.failedFuture(new HttpFailure(409, "It is taken.")));

        HttpFailure refusal = refusal(bus.ask(ASK, new Question(TaskId.next(), 1)));

        assertThat(refusal.status()).isEqualTo(409);
        assertThat(refusal).hasMessage("It is taken.");
    }

    @Test
    void an_unforeseen_failure_arrives_as_500_without_details() {
        bus.answer(ASK, question -> {
            throw new IllegalStateException("password=hunter2");
        });

        HttpFailure refusal = refusal(bus.ask(ASK, new Question(TaskId.next(), 1)));

        assertThat(refusal.status()).isEqualTo(500);
        assertThat(refusal.getMessage()).doesNotContain("hunter2");
    }

    @Test
    void nobody_at_the_address_is_503() {
        assertThat(refusal(bus.ask(ASK, new Question(TaskId.next(), 1))).status())
                .isEqualTo(503);
    }

    @Test
    void an_answer_that_never_comes_is_504() {
        bus.answer(ASK, question -> Future.future(never -> {}));

        assertThat(refusal(bus.ask(ASK, new Question(TaskId.next(), 1), Duration.ofMillis(50)))
                        .status())
                .isEqualTo(504);
    }

    @Test
    void a_fact_is_handed_over_as_it_is() {
        List<ManagerFacts.WorkerStatusChanged> heard = new CopyOnWriteArrayList<>();
        bus.hear(Addresses.MANAGER_WORKER_STATUS_CHANGED, heard::add);
        ManagerFacts.WorkerStatusChanged fact = new ManagerFacts.WorkerStatusChanged(
                WorkerId.next(), "brasa-01", "asleep", "awake", "", Instant.parse("2026-11-22T02:00:00Z"));

        bus.tell(Addresses.MANAGER_WORKER_STATUS_CHANGED, fact);

        await().until(() -> heard.size() == 1);
        assertThat(heard.getFirst()).isSameAs(fact);
    }

    @Test
    void a_listener_that_fails_hears_the_next_fact() {
        List<ManagerFacts.TaskLogGrew> heard = new CopyOnWriteArrayList<>();
        Topic<ManagerFacts.TaskLogGrew> topic = Addresses.MANAGER_TASK_LOG.of(TaskId.next());
        bus.hear(topic, fact -> {
            heard.add(fact);
            throw new IllegalStateException("first hearing");
        });

        bus.tell(topic, new ManagerFacts.TaskLogGrew(TaskId.next(), 0, "one\n"));
        bus.tell(topic, new ManagerFacts.TaskLogGrew(TaskId.next(), 4, "two\n"));

        await().untilAsserted(() -> assertThat(heard).hasSize(2));
    }

    @Test
    void a_record_survives_the_way_between_processes() {
        RecordCodec codec = new RecordCodec();
        Buffer wire = Buffer.buffer("before");
        Question question = new Question(TaskId.next(), 42);

        codec.encodeToWire(wire, question);

        assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(question);
    }

    @Test
    void a_class_that_is_not_ours_is_never_made_from_the_network() {
        byte[] type = "java.util.Optional".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Buffer wire = Buffer.buffer()
                .appendInt(type.length)
                .appendBytes(type)
                .appendInt(2)
                .appendString("{}");

        assertThatThrownBy(() -> new RecordCodec().decodeFromWire(0, wire)).hasMessageContaining("foreign type");
    }
}

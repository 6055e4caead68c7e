package io.flamenco.shared.bus;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way onto the event bus.
 *
 * <p>A consumer belongs to the verticle that registers it and ends with it. A failure of the one who answers reaches the
 * one who asks as an {@link HttpFailure} with the same status and text; anything unforeseen is logged where it happened
 * and reaches the other side as a failure of status 500 without details.
 */
public final class FarmBus {

    private static final Logger LOG = LoggerFactory.getLogger(FarmBus.class);

    /** Nobody waits longer than this for an answer unless the command says so. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final EventBus bus;

    /** The bus of that Vert.x instance, with our codec registered once. */
    public FarmBus(Vertx vertx) {
        this.bus = vertx.eventBus();
        registerCodec(bus);
    }

    /** Tells a fact to whoever listens; nobody listening is fine. */
    public <M extends Record> void tell(Topic<M> topic, M fact) {
        bus.publish(topic.address(), fact, options(ANSWER_WITHIN));
    }

    /** Hears each fact told to the topic. */
    public <M extends Record> Listening hear(Topic<M> topic, Consumer<M> listener) {
        MessageConsumer<Object> consumer = bus.consumer(topic.address(), message -> {
            try {
                listener.accept(topic.type().cast(message.body()));
            } catch (RuntimeException e) {
                LOG.error("A listener failed on a fact. address={}", topic.address(), e);
            }
        });
        return consumer::unregister;
    }

    /**
     * Asks the verticle that answers at the address.
     *
     * @return the answer, or an {@link HttpFailure}: 503 when nobody answers there, 504 when not within 30 seconds, or
     *     what the one who answers failed with
     */
    public <Q, A> Future<A> ask(Command<Q, A> command, Q question) {
        return ask(command, question, ANSWER_WITHIN);
    }

    /** As {@link #ask(Command, Object)}, with a patience of its own for orders that wait on purpose. */
    public <Q, A> Future<A> ask(Command<Q, A> command, Q question, Duration answerWithin) {
        return bus.<Object>request(command.address(), question, options(answerWithin))
                .map(reply -> command.answer().cast(reply.body()))
                .recover(failure -> Future.failedFuture(asHttpFailure(command.address(), failure)));
    }

    /** Answers what is asked at the address. */
    public <Q, A> Listening answer(Command<Q, A> command, Function<Q, Future<A>> answerer) {
        MessageConsumer<Object> consumer =
                bus.consumer(command.address(), message -> reply(command, answerer, message));
        return consumer::unregister;
    }

    private static <Q, A> void reply(Command<Q, A> command, Function<Q, Future<A>> answerer, Message<Object> message) {
        Future<A> answer;
        try {
            answer = answerer.apply(command.question().cast(message.body()));
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(
                value -> message.reply(value, options(ANSWER_WITHIN)),
                failure -> refuse(command.address(), message, failure));
    }

    private static void refuse(String address, Message<Object> message, Throwable failure) {
        if (failure instanceof HttpFailure known) {
            message.fail(known.status(), known.getMessage());
        } else {
            LOG.error("An order could not be carried out. address={}", address, failure);
            message.fail(500, "An unforeseen error stopped this; the log of the process tells more.");
        }
    }

    private static HttpFailure asHttpFailure(String address, Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return new HttpFailure(500, String.valueOf(failure.getMessage()));
        }
        if (reply.failureType() == ReplyFailure.NO_HANDLERS) {
            return new HttpFailure(503, "Nobody answers at " + address + "; is its verticle enabled and running?");
        }
        if (reply.failureType() == ReplyFailure.TIMEOUT) {
            return new HttpFailure(504, "No answer came from " + address + " in time; try again.");
        }
        int status = reply.failureCode() >= 400 ? reply.failureCode() : 500;
        return new HttpFailure(status, String.valueOf(reply.getMessage()));
    }

    private static DeliveryOptions options(Duration answerWithin) {
        return new DeliveryOptions().setCodecName(RecordCodec.NAME).setSendTimeout(answerWithin.toMillis());
    }

    private static void registerCodec(EventBus bus) {
        try {
            bus.registerCodec(new RecordCodec());
        } catch (IllegalStateException e) {
            LOG.debug("The codec is registered on this bus already.");
        }
    }

    /** A consumer that can be ended before its verticle ends. */
    @FunctionalInterface
    public interface Listening {

        /** Stops hearing; succeeds when no further message will come. */
        Future<Void> stop();
    }
}

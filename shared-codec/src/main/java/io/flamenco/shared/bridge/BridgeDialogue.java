package io.flamenco.shared.bridge;

import io.flamenco.shared.bridge.BridgeTable.Heard;
import io.flamenco.shared.bridge.BridgeTable.Sent;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is said on one connection, as far as the one whose connection it is may. */
final class BridgeDialogue {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeDialogue.class);

    private final BridgeTerms terms;
    private final BridgeConnection connection;

    BridgeDialogue(BridgeTerms terms, BridgeConnection connection) {
        this.terms = terms;
        this.connection = connection;
    }

    /** Does what a message says; what cannot be done is told to the other side, so this never fails. */
    Future<Void> obey(String text) {
        BridgeMessage message;
        try {
            message = BridgeMessage.parse(text);
        } catch (HttpFailure malformed) {
            connection.tell(BridgeFrame.refusal("", malformed));
            return Future.succeededFuture();
        }
        return message.token()
                .map(connection::identify)
                .orElseGet(Future::succeededFuture)
                .compose(known -> obey(message))
                .recover(failure -> refuse(message, failure));
    }

    private Future<Void> obey(BridgeMessage message) {
        if (connection.hasEnded()) {
            return Future.succeededFuture();
        }
        return switch (message.type()) {
            case "ping" -> pong();
            case "register" -> register(message);
            case "unregister" -> unregister(message);
            case "send" -> send(message);
            case "publish" ->
                Future.failedFuture(
                        new HttpFailure(403, "Facts are told by the farm alone; an order has the type send."));
            default ->
                Future.failedFuture(new HttpFailure(400, "The type must be register, unregister, send or ping."));
        };
    }

    private Future<Void> pong() {
        if (connection.answersPings()) {
            connection.tell(BridgeFrame.pong());
        }
        return Future.succeededFuture();
    }

    private Future<Void> register(BridgeMessage message) {
        String address = message.address();
        Heard heard = terms.table()
                .hearing(address)
                .orElseThrow(() -> new HttpFailure(403, "Nobody can listen to \"" + address + "\"."));
        need(heard.least(), "Listening to " + address);
        connection.listen(heard, address);
        return answer(message, new JsonObject().put("registered", address));
    }

    private Future<Void> unregister(BridgeMessage message) {
        connection.leave(message.address());
        return answer(message, new JsonObject().put("unregistered", message.address()));
    }

    private Future<Void> send(BridgeMessage message) {
        String address = message.address();
        Sent sent = terms.table()
                .sending(address)
                .orElseThrow(() -> new HttpFailure(403, "Nothing can be sent to \"" + address + "\"."));
        BridgeGuest sender = need(sent.least(), "Sending to " + address);
        Record order = OrderBody.read(message.body(), sent.order().type());
        return terms.orders()
                .carryOut(sender, connection.address(), address, order)
                .compose(done -> answer(message, done));
    }

    private Future<Void> answer(BridgeMessage message, JsonObject answer) {
        if (!message.replyAddress().isEmpty()) {
            connection.tell(BridgeFrame.answer(message.replyAddress(), answer));
        }
        return Future.succeededFuture();
    }

    private BridgeGuest need(FarmRole least, String what) {
        BridgeGuest known = connection
                .guest()
                .filter(one -> !one.isStranger() || one.role().covers(least))
                .orElseThrow(
                        () -> new HttpFailure(
                                401,
                                what
                                        + " takes a log-in: send \"headers\":{\"authorization\":\"Bearer <token>\"} with the message."));
        if (!known.role().covers(least)) {
            throw new HttpFailure(
                    403,
                    what + " takes the role " + least.word() + "; " + known.name() + " has the role "
                            + known.role().word() + ".");
        }
        return known;
    }

    private Future<Void> refuse(BridgeMessage message, Throwable failure) {
        if (failure instanceof HttpFailure known) {
            connection.tell(BridgeFrame.refusal(message.refusedAt(), known));
        } else {
            LOG.error("A message over the bus could not be obeyed. address={}", message.address(), failure);
            HttpFailure unforeseen =
                    new HttpFailure(500, "An unforeseen error stopped this; the log of the process tells more.");
            connection.tell(BridgeFrame.refusal(message.refusedAt(), unforeseen));
        }
        return Future.succeededFuture();
    }
}

package io.flamenco.shared.bridge;

import io.flamenco.shared.bridge.BridgeTable.Heard;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.RateLimit;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the bus, whatever carries it: who it belongs to, what it hears, what it says. What it says is done in order,
 * one after the other. One event loop only.
 *
 * <p>It ends when nobody proves within {@link #PROVEN_WITHIN} whose it is, when the proof is not good any more, when nothing is
 * heard of it, when it reads nothing, and when it says more than anybody needs to.
 */
final class BridgeConnection {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeConnection.class);

    private static final Duration PROVEN_WITHIN = Duration.ofSeconds(10);
    private static final Duration PROVEN_AGAIN_AFTER = Duration.ofSeconds(30);
    private static final Duration SILENT_FOR = Duration.ofSeconds(60);
    private static final Duration FAREWELL_WITHIN = Duration.ofSeconds(2);
    private static final int MOST_ADDRESSES = 100;
    private static final int LONGEST_MESSAGE = 16 * 1024;
    private static final int MESSAGES_AT_ONCE = 150;
    private static final Duration MESSAGE_AFTER = Duration.ofMillis(50);

    private final BridgeHub hub;
    private final BridgeTerms terms;
    private final BridgeLine line;
    private final BridgeOutbox outbox;
    private final BridgeDialogue dialogue;
    private final RateLimit rate;
    private final Instant openedAt;
    private final Set<String> addresses = new HashSet<>();
    private Supplier<Future<Optional<BridgeGuest>>> proof = () -> Future.succeededFuture(Optional.empty());
    private Optional<BridgeGuest> guest = Optional.empty();
    private Future<Void> turn = Future.succeededFuture();
    private Instant heardAt;
    private Instant provenAt;
    private boolean entered;
    private boolean ended;

    BridgeConnection(BridgeHub hub, BridgeLine line) {
        this.hub = hub;
        this.terms = hub.terms();
        this.line = line;
        this.outbox = new BridgeOutbox(line, terms.clock());
        this.dialogue = new BridgeDialogue(terms, this);
        this.rate = new RateLimit(terms.clock(), MESSAGES_AT_ONCE, MESSAGE_AFTER);
        this.openedAt = terms.clock().instant();
        this.heardAt = openedAt;
        this.provenAt = openedAt;
    }

    /** Takes a place for a connection of nobody yet. */
    void open() {
        entered = terms.places().enter(line.address());
        if (entered) {
            hub.add(this);
        } else {
            end(new HttpFailure(429, "There are too many connections from " + line.address() + "; close some."));
        }
    }

    /**
     * Takes a place for the connection of somebody who is known already.
     *
     * @param again tells whether they still are
     */
    void open(BridgeGuest opener, Supplier<Future<Optional<BridgeGuest>>> again) {
        open();
        if (!ended) {
            belongsTo(opener, again);
        }
    }

    /** A message came. */
    void hear(String text) {
        if (ended) {
            return;
        }
        heardAt = terms.clock().instant();
        if (rate.take("").isPresent()) {
            end(new HttpFailure(429, "That were too many messages in a moment; say less."));
        } else if (text.length() > LONGEST_MESSAGE) {
            end(tooLong());
        } else {
            turn = turn.transform(before -> ended ? Future.succeededFuture() : dialogue.obey(text));
        }
    }

    /** A message is coming that is longer than any that makes sense. */
    static HttpFailure tooLong() {
        return new HttpFailure(413, "A message has at most " + LONGEST_MESSAGE + " bytes.");
    }

    /** Whether a message of so many bytes is worth waiting for. */
    static boolean isTooLong(int bytes) {
        return bytes < 0 || bytes > LONGEST_MESSAGE;
    }

    /** Something happened at an address that it hears. */
    void tell(BridgeFrame frame) {
        if (!ended) {
            outbox.send(frame);
        }
    }

    /** The other side is gone. */
    void closed() {
        if (!ended) {
            ended = true;
            forget();
        }
    }

    /** Ends the connection with a sentence. */
    void end(HttpFailure why) {
        if (!ended) {
            ended = true;
            LOG.info("A connection to the bus was ended. address={} reason={}", line.address(), why.getMessage());
            forget();
            terms.timers().once("end of a bus connection", FAREWELL_WITHIN, line::close);
            outbox.send(BridgeFrame.refusal("", why)).onComplete(said -> line.close());
        }
    }

    /** Ends it if it should have ended. */
    void lookAfter() {
        Instant now = terms.clock().instant();
        if (guest.isEmpty() && openedAt.isBefore(now.minus(PROVEN_WITHIN))) {
            end(new HttpFailure(401, "Nobody said whose connection this is."));
        } else if (heardAt.isBefore(now.minus(SILENT_FOR))) {
            end(new HttpFailure(408, "Nothing was heard for a minute; send {\"type\":\"ping\"} now and then."));
        } else if (outbox.isStuck()) {
            end(new HttpFailure(408, "Nothing was read for half a minute."));
        } else if (guest.isPresent() && provenAt.isBefore(now.minus(PROVEN_AGAIN_AFTER))) {
            provenAt = now;
            proof.get()
                    .onSuccess(this::endUnless)
                    .onFailure(
                            failure -> LOG.warn("Who is on the bus could not be checked; it is tried again.", failure));
        }
    }

    private void endUnless(Optional<BridgeGuest> still) {
        if (guest.isPresent() && !still.filter(guest.get()::isStill).isPresent()) {
            end(new HttpFailure(401, "The credentials are not good any more, or for something else; connect again."));
        }
    }

    private void forget() {
        addresses.forEach(address -> hub.leave(address, this));
        hub.remove(this);
        guest.ifPresent(terms.places()::unseat);
        if (entered) {
            terms.places().leave(line.address());
        }
    }

    private void belongsTo(BridgeGuest known, Supplier<Future<Optional<BridgeGuest>>> again) {
        if (terms.places().seat(known)) {
            guest.ifPresent(terms.places()::unseat);
            guest = Optional.of(known);
            proof = again;
            provenAt = terms.clock().instant();
        } else {
            end(new HttpFailure(429, "There are too many connections of " + known.name() + "; close some."));
        }
    }

    /** Whose connection it is; empty while nobody said so. */
    Optional<BridgeGuest> guest() {
        return guest;
    }

    /** Whether nothing it says counts any more. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether a ping is answered. */
    boolean answersPings() {
        return line.answersPings();
    }

    /** From where it comes. */
    String address() {
        return line.address();
    }

    /** Finds out whose token it is, whose connection it then is. */
    Future<Void> identify(String token) {
        return terms.door().holder(token).map(found -> {
            if (found.isEmpty()) {
                end(new HttpFailure(401, "The token is nobody's, or not good any more; get another one."));
            } else if (isSomebodyElse(found.get())) {
                throw new HttpFailure(403, "This connection is somebody else's; open another one.");
            } else {
                belongsTo(found.get(), () -> terms.door().holder(token));
            }
            return null;
        });
    }

    /** Hears that address from now on; doing it again is fine. */
    void listen(Heard heard, String address) {
        if (addresses.size() >= MOST_ADDRESSES && !addresses.contains(address)) {
            throw new HttpFailure(429, "A connection listens to at most " + MOST_ADDRESSES + " addresses.");
        }
        addresses.add(address);
        hub.listen(heard.at(address).orElseThrow(), this);
    }

    /** Hears that address no more. */
    void leave(String address) {
        if (addresses.remove(address)) {
            hub.leave(address, this);
        }
    }

    private boolean isSomebodyElse(BridgeGuest holder) {
        return guest.filter(known -> !known.isStranger() && !known.id().equals(holder.id()))
                .isPresent();
    }
}

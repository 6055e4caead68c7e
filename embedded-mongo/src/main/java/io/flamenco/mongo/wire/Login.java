package io.flamenco.mongo.wire;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The login of one connection. Until it is done only the commands that lead to it are answered; after a failed attempt nothing is.
 */
final class Login {
    private static final Set<String> BEFORE_LOGIN = Set.of("ismaster", "hello", "saslstart", "saslcontinue");
    private static final String MECHANISM = "SCRAM-SHA-256";

    private final Scram scram;
    private Scram.@Nullable Exchange exchange;
    private boolean done;
    private boolean failed;

    Login(Scram scram) {
        this.scram = scram;
    }

    /** Whether this command belongs to the login and is answered by {@link #answer}. */
    static boolean concerns(String command) {
        return command.equals("saslStart") || command.equals("saslContinue");
    }

    /** @throws MongoServerError unless this command may be carried out on this connection now */
    void admit(String command) {
        if (failed || (!done && !BEFORE_LOGIN.contains(command.toLowerCase(Locale.ROOT)))) {
            throw new MongoServerError(13, "Unauthorized", "command " + command + " requires authentication");
        }
    }

    boolean done() {
        return done;
    }

    /** The next message of the login. */
    Document answer(Document command) {
        var payload = command.get("payload") instanceof BinData data ? data.getData() : new byte[0];
        return command.containsKey("saslStart") ? start(command, payload) : proceed(payload);
    }

    private Document start(Document command, byte[] payload) {
        if (!MECHANISM.equals(command.get("mechanism"))) {
            throw refused("the only way to log in is " + MECHANISM);
        }
        var begun = scram.begin(payload).orElseThrow(() -> refused("wrong user or password"));
        exchange = begun;
        return message(begun.challenge(), false);
    }

    private Document proceed(byte[] payload) {
        var begun = exchange;
        if (done) {
            return message("", true);
        }
        if (begun == null) {
            throw refused("saslContinue without saslStart");
        }
        exchange = null;
        var proof = scram.finish(begun, payload).orElseThrow(() -> refused("wrong user or password"));
        done = true;
        return message(proof, true);
    }

    private MongoServerError refused(String why) {
        failed = true;
        return new MongoServerError(18, "AuthenticationFailed", "Authentication failed: " + why);
    }

    private static Document message(String payload, boolean done) {
        return new Document("conversationId", 1)
                .append("done", done)
                .append("payload", new BinData(payload.getBytes(StandardCharsets.UTF_8)))
                .append("ok", 1.0);
    }
}

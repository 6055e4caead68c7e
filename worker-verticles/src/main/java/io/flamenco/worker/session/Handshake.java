package io.flamenco.worker.session;

import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.wire.Registration;
import io.flamenco.shared.wire.SignOn;
import io.flamenco.worker.manager.Credentials;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to be accepted by the Manager: registering when the Worker has no credentials, signing on otherwise, and both
 * when the Manager does not know the credentials any more. Follows the Flamenco 2 protocol.
 */
final class Handshake {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);
    private static final Pattern WORKER_ID = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private final ManagerClient manager;
    private final CredentialsFile file;
    private final Introduction introduction;

    /** How an attempt ended. */
    sealed interface Outcome {

        /** The Manager knows the Worker now. */
        record Welcome() implements Outcome {}

        /** It may go better later. */
        record TryLater(String reason) implements Outcome {}

        /** It will not go better unless a person does something. */
        record Hopeless(String reason) implements Outcome {}
    }

    Handshake(ManagerClient manager, CredentialsFile file, Introduction introduction) {
        this.manager = manager;
        this.file = file;
        this.introduction = introduction;
    }

    Future<Outcome> attempt() {
        return (manager.credentials().isEmpty() ? register() : signOn(true))
                .otherwise(failure -> new Outcome.TryLater("it does not answer (" + failure.getMessage() + ")"));
    }

    private Future<Outcome> signOn(boolean mayRegister) {
        SignOn signOn = new SignOn(introduction.taskTypes(), introduction.nickname());
        return manager.signOn(signOn).compose(answer -> {
            if (answer.granted()) {
                return Future.succeededFuture(new Outcome.Welcome());
            }
            if (answer.status() == 401 && mayRegister) {
                LOG.warn("The Manager does not know this Worker any more; it registers anew.");
                return register().compose(this::signOnAfterRegistering);
            }
            return Future.succeededFuture(refused(answer, answer.status() == 401));
        });
    }

    private Future<Outcome> signOnAfterRegistering(Outcome outcome) {
        return outcome instanceof Outcome.Welcome ? signOn(false) : Future.succeededFuture(outcome);
    }

    private Future<Outcome> register() {
        String secret = SecretFiles.newSecret();
        Registration registration =
                new Registration(secret, introduction.platform(), introduction.taskTypes(), introduction.nickname());
        return manager.register(registration, introduction.sharedSecret())
                .compose(answer -> answer.granted()
                        ? remember(answer, secret)
                        : Future.succeededFuture(refused(answer, answer.status() == 401)));
    }

    private Future<Outcome> remember(ManagerAnswer answer, String secret) {
        Optional<String> id = workerId(answer);
        if (id.isEmpty()) {
            return Future.succeededFuture(new Outcome.TryLater("it registered the Worker without telling its _id"));
        }
        Credentials credentials = new Credentials(id.get(), secret);
        return file.write(credentials).map(stored -> {
            manager.use(credentials);
            LOG.info("The Worker is registered. worker={}", credentials.id());
            return new Outcome.Welcome();
        });
    }

    private static Optional<String> workerId(ManagerAnswer answer) {
        try {
            return Optional.ofNullable(new JsonObject(answer.body()).getString("_id"))
                    .filter(id -> WORKER_ID.matcher(id).matches());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Outcome refused(ManagerAnswer answer, boolean hopeless) {
        if (answer.status() == 403) {
            return new Outcome.Hopeless("The Manager does not let this Worker in: \"" + answer.text()
                    + "\". Set worker_registration_secret to what the file manager/worker-registration-secret in the"
                    + " Manager's data directory holds.");
        }
        return hopeless
                ? new Outcome.Hopeless("The Manager refuses to register this Worker (" + answer.status() + "): \""
                        + answer.text() + "\".")
                : new Outcome.TryLater("it answers " + answer.status() + " \"" + answer.text() + "\"");
    }
}

package io.flamenco.worker.session;

import io.flamenco.shared.config.ConfigFile;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.worker.manager.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file of the Worker's credentials: YAML, whole or not there at all, readable by its owner only. */
public final class CredentialsFile {

    /** What can stand in an HTTP header and in YAML without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private final Vertx vertx;
    private final Path file;

    public CredentialsFile(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    /** The stored credentials; empty when there are none, a {@link StartFailure} when the file is damaged. */
    public Future<Optional<Credentials>> read() {
        return vertx.fileSystem().exists(file.toString()).compose(exists -> {
            if (!exists) {
                return Future.succeededFuture(Optional.empty());
            }
            return new ConfigFile(vertx)
                    .read(file)
                    .map(this::credentials)
                    .map(Optional::of)
                    .recover(failure -> Future.failedFuture(damaged(failure)));
        });
    }

    /** Replaces the stored credentials. */
    public Future<Void> write(Credentials credentials) {
        String text = "worker_id: \"" + checked(credentials.id()) + "\"\nworker_secret: \""
                + checked(credentials.secret()) + "\"\n";
        return vertx.executeBlocking(() -> {
                    SecretFiles.write(file, text);
                    return text;
                })
                .mapEmpty();
    }

    private Credentials credentials(JsonObject yaml) {
        return new Credentials(checked(yaml.getValue("worker_id")), checked(yaml.getValue("worker_secret")));
    }

    private static String checked(Object value) {
        if (value instanceof String text && PLAIN.matcher(text).matches()) {
            return text;
        }
        throw new IllegalArgumentException("worker_id and worker_secret must be texts of letters and digits");
    }

    private StartFailure damaged(Throwable failure) {
        return new StartFailure("The Worker's credentials file " + file + " is damaged (" + failure.getMessage()
                + "). Restore it, or delete it to let the Worker register anew.");
    }
}

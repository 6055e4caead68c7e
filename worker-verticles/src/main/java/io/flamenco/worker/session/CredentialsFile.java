package io.flamenco.worker.session;

import io.flamenco.shared.config.ConfigFile;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.worker.domain.IniText;
import io.flamenco.worker.manager.Credentials;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file of the Worker's credentials: whole or not there at all, readable by its owner only. It is YAML of its own, or an
 * INI file of the original, of which everything else stays as it is.
 */
public final class CredentialsFile {

    private static final String INI_SECTION = "flamenco-worker";

    /** What can stand in an HTTP header, in YAML and in INI without quotes. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]{1,200}");

    private final Vertx vertx;
    private final Path file;

    public CredentialsFile(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    /** The stored credentials; empty when there are none, a {@link StartFailure} when the file is damaged. */
    public Future<Optional<Credentials>> read() {
        return vertx.fileSystem()
                .exists(file.toString())
                .compose(exists -> exists ? content() : Future.succeededFuture(new JsonObject()))
                .map(CredentialsFile::credentials)
                .recover(failure -> Future.failedFuture(damaged(failure)));
    }

    /** Replaces the stored credentials. */
    public Future<Void> write(Credentials credentials) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("worker_id", checked(credentials.id()));
        values.put("worker_secret", checked(credentials.secret()));
        Future<String> text = ini() ? editedIni(values) : Future.succeededFuture(yaml(values));
        return text.compose(content -> vertx.executeBlocking(() -> {
                    SecretFiles.write(file, content);
                    return content;
                }))
                .mapEmpty();
    }

    private boolean ini() {
        return file.toString().endsWith(".cfg") || file.toString().endsWith(".ini");
    }

    private Future<JsonObject> content() {
        return ini() ? text().map(CredentialsFile::iniValues) : new ConfigFile(vertx).read(file);
    }

    private Future<String> text() {
        return vertx.fileSystem().readFile(file.toString()).map(Buffer::toString);
    }

    private static JsonObject iniValues(String text) {
        JsonObject values = new JsonObject();
        IniText.parse(text).section(INI_SECTION).forEach((key, value) -> {
            if (!value.isEmpty()) {
                values.put(key, value);
            }
        });
        return values;
    }

    private Future<String> editedIni(Map<String, String> values) {
        return vertx.fileSystem()
                .exists(file.toString())
                .compose(exists -> exists ? text() : Future.succeededFuture(""))
                .map(text -> IniText.edited(text, INI_SECTION, values));
    }

    private static String yaml(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append(": \"").append(value).append("\"\n"));
        return text.toString();
    }

    private static Optional<Credentials> credentials(JsonObject values) {
        if (!values.containsKey("worker_id") && !values.containsKey("worker_secret")) {
            return Optional.empty();
        }
        return Optional.of(
                new Credentials(checked(values.getValue("worker_id")), checked(values.getValue("worker_secret"))));
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

package io.flamenco.mongo;

import com.mongodb.ConnectionString;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mongo.MongoClient;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of one role of the farm: a real MongoDB when the configuration gives its URL, the embedded one otherwise.
 * Either way it is spoken to through {@link #client()}, with values made by {@link Bson}.
 */
public final class FarmDatabase {
    private static final Logger LOG = LoggerFactory.getLogger(FarmDatabase.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final String TEST_URL_PROPERTY = "flamenco.test.mongo";

    private final MongoClient client;
    private final Changes changes;
    private final String description;
    private final Callable<Future<Void>> beforeClose;
    private final Callable<Future<Void>> afterClose;
    private final @Nullable EmbeddedMongo embedded;

    /** Carries out one command that changes documents. */
    private interface Changes {
        Future<JsonObject> carryOut(String name, JsonObject command);
    }

    private FarmDatabase(
            MongoClient client,
            Changes changes,
            String description,
            Callable<Future<Void>> beforeClose,
            Callable<Future<Void>> afterClose,
            @Nullable EmbeddedMongo embedded) {
        this.client = client;
        this.changes = changes;
        this.description = description;
        this.beforeClose = beforeClose;
        this.afterClose = afterClose;
        this.embedded = embedded;
    }

    /**
     * Opens the database.
     *
     * @param databaseUrl a MongoDB connection string; its path names the database, else {@code databaseName} does. A MongoDB
     *     that does not answer is asked again every second, for ever. Empty for the embedded database.
     * @param directory where the embedded database keeps its files; created when missing
     * @param databaseName letters, digits, {@code _} and {@code -}
     * @return fails when the URL is malformed or the embedded database can't be opened, with a sentence that says what to do
     */
    public static Future<FarmDatabase> open(
            Vertx vertx, Optional<String> databaseUrl, Path directory, String databaseName) {
        return databaseUrl
                .filter(url -> !url.isBlank())
                .map(url -> connect(vertx, url, databaseName))
                .orElseGet(() -> embed(vertx, () -> EmbeddedMongo.open(directory, databaseName), databaseName));
    }

    /**
     * A database of a test's own, empty at first and gone once closed: the embedded one in memory, or, when the system property
     * {@code flamenco.test.mongo} holds the URL of a MongoDB, a newly named database there.
     */
    public static Future<FarmDatabase> forTest(Vertx vertx) {
        var name = "flamenco-test-" + UUID.randomUUID();
        var url = System.getProperty(TEST_URL_PROPERTY, "");
        if (url.isBlank() || url.startsWith("${")) {
            return embed(vertx, EmbeddedMongo::inMemory, name);
        }
        return connectTo(vertx, url, name, true);
    }

    /** The client to this database; shared, and closed by {@link #close()}. */
    public MongoClient client() {
        return client;
    }

    /**
     * Carries out MongoDB's command {@code insert}, {@code update} or {@code delete}. This is the shortest way to change many
     * documents: to the embedded database the command goes by reference rather than as bytes through the client.
     *
     * @param command with values made by {@link Bson}; its first key is its name. Not to be changed any more.
     * @return MongoDB's answer, which may hold {@code writeErrors}, once what changed is durable; fails when the command was
     *     refused as a whole
     */
    public Future<JsonObject> change(JsonObject command) {
        return changes.carryOut(command.fieldNames().iterator().next(), command);
    }

    /** One phrase for logs and people: which database this is and where; without credentials. */
    public String describe() {
        return description;
    }

    /**
     * Writes a {@link Backup} of the database as it is now, while it goes on. Blocks as long as that takes.
     *
     * @throws BackupException when it is no embedded database
     */
    public void blockingBackup(BackupLabel label, OutputStream out) throws IOException {
        if (embedded == null) {
            throw new BackupException(
                    "the data is in a " + description + ", which has tools of its own for this, such as mongodump");
        }
        try (var snapshot = embedded.snapshot()) {
            Backup.write(snapshot, label, out);
        }
    }

    /** Closes the client and, when it is the embedded one, the database; what was acknowledged is on disk. */
    public Future<Void> close() {
        return run(beforeClose).eventually(client::close).eventually(() -> run(afterClose));
    }

    private static Future<Void> run(Callable<Future<Void>> step) {
        try {
            return step.call();
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<FarmDatabase> embed(Vertx vertx, Callable<EmbeddedMongo> opening, String name) {
        return vertx.executeBlocking(opening, false).map(embedded -> {
            var config = config(embedded.connectionString()).put("db_name", name);
            var line = new DirectChanges(vertx, embedded.directLine(), name);
            return new FarmDatabase(
                    MongoClient.create(vertx, config),
                    (command, document) -> line.carryOut(document),
                    embedded.toString(),
                    Future::succeededFuture,
                    () -> vertx.<Void>executeBlocking(
                            () -> {
                                embedded.close();
                                return null;
                            },
                            false),
                    embedded);
        });
    }

    private static Future<FarmDatabase> connect(Vertx vertx, String url, String databaseName) {
        try {
            var named = Optional.ofNullable(new ConnectionString(url).getDatabase());
            return connectTo(vertx, url, named.orElse(databaseName), false);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new IllegalArgumentException(
                    "The database URL is not one that MongoDB knows (" + e.getMessage()
                            + "): write it as mongodb://host:27017/database, or leave it out to use the embedded database",
                    e));
        }
    }

    private static Future<FarmDatabase> connectTo(Vertx vertx, String url, String name, boolean dropAtClose) {
        var client = MongoClient.create(vertx, config(url).put("db_name", name));
        var description = "MongoDB database " + name + " at " + new ConnectionString(url).getHosts();
        Callable<Future<Void>> drop = () -> client.runCommand("dropDatabase", new JsonObject().put("dropDatabase", 1))
                .mapEmpty();
        var database = new FarmDatabase(
                client,
                client::runCommand,
                description,
                dropAtClose ? drop : Future::succeededFuture,
                Future::succeededFuture,
                null);
        return answering(vertx, database);
    }

    private static JsonObject config(String url) {
        return new JsonObject().put("connection_string", url).put("useObjectId", false);
    }

    private static Future<FarmDatabase> answering(Vertx vertx, FarmDatabase database) {
        return database.client
                .runCommand("ping", new JsonObject().put("ping", 1))
                .timeout(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .map(database)
                .recover(e -> {
                    LOG.error("{} does not answer, trying again every second: {}", database.describe(), e.getMessage());
                    return vertx.timer(RETRY_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                            .compose(tick -> answering(vertx, database));
                });
    }
}

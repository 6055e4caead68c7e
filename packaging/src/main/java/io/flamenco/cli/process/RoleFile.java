package io.flamenco.cli.process;

import io.flamenco.shared.config.ConfigFile;
import io.flamenco.worker.OriginalConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a role as its file gives them, before they are checked.
 *
 * @param source names the file to people
 * @param settings the content
 */
public record RoleFile(String source, JsonObject settings) {

    private static final String ORIGINAL_MANAGER = "flamenco-manager.yaml";

    /** Reads the file that was named; else the usual one when it is there; else there are no settings. */
    public static Future<RoleFile> read(Vertx vertx, Optional<Path> named, Path usual) {
        return named.map(file -> read(vertx, file))
                .orElseGet(() -> vertx.fileSystem()
                        .exists(usual.toString())
                        .compose(there -> there
                                ? read(vertx, usual)
                                : Future.succeededFuture(new RoleFile("the command line", new JsonObject()))));
    }

    /**
     * As {@link #read}; without a file of either kind, the files of an original Worker in the working directory and the home
     * directory, when there are some.
     */
    public static Future<RoleFile> readForWorker(Vertx vertx, Optional<Path> named, Path usual) {
        Path working = Path.of("").toAbsolutePath();
        Path original = working.resolve(OriginalConfig.FILE);
        boolean fromOriginal = named.isEmpty() && !Files.exists(usual) && Files.exists(original);
        return fromOriginal
                ? new OriginalConfig(vertx)
                        .readUsual(working, Path.of(System.getProperty("user.home")))
                        .map(settings -> new RoleFile(original.toString(), settings))
                : read(vertx, named, usual);
    }

    /**
     * As {@link #read}; without a file of either kind, the file of an original Manager in the working directory, when there is
     * one.
     */
    public static Future<RoleFile> readForManager(Vertx vertx, Optional<Path> named, Path usual) {
        Path original = Path.of("").toAbsolutePath().resolve(ORIGINAL_MANAGER);
        boolean fromOriginal = named.isEmpty() && !Files.exists(usual) && Files.exists(original);
        return read(vertx, fromOriginal ? Optional.of(original) : named, usual);
    }

    private static Future<RoleFile> read(Vertx vertx, Path file) {
        Future<JsonObject> settings = OriginalConfig.isOriginal(file)
                ? new OriginalConfig(vertx).read(file)
                : new ConfigFile(vertx).read(file);
        return settings.map(read -> new RoleFile(file.toString(), read));
    }

    /** These settings with others laid over them. */
    public RoleFile with(JsonObject over) {
        return new RoleFile(source, settings.copy().mergeIn(over));
    }
}

package io.flamenco.cli.process;

import io.flamenco.shared.config.ConfigFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings of a role as its file gives them, before they are checked.
 *
 * @param source names the file to people
 * @param settings the content
 */
public record RoleFile(String source, JsonObject settings) {

    /** Reads the file that was named; else the usual one when it is there; else there are no settings. */
    public static Future<RoleFile> read(Vertx vertx, Optional<Path> named, Path usual) {
        return named.map(file -> read(vertx, file))
                .orElseGet(() -> vertx.fileSystem()
                        .exists(usual.toString())
                        .compose(there -> there
                                ? read(vertx, usual)
                                : Future.succeededFuture(new RoleFile("the command line", new JsonObject()))));
    }

    private static Future<RoleFile> read(Vertx vertx, Path file) {
        return new ConfigFile(vertx).read(file).map(settings -> new RoleFile(file.toString(), settings));
    }

    /** These settings with others laid over them. */
    public RoleFile with(JsonObject over) {
        return new RoleFile(source, settings.copy().mergeIn(over));
    }
}

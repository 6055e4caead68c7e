package io.flamenco.shared.config;

import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileProps;
import io.vertx.core.file.FileSystem;
import io.vertx.core.json.JsonObject;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads a YAML file of settings. */
public final class ConfigFile {

    /** A configuration larger than this is somebody's mistake. */
    private static final long LARGEST_BYTES = 1 << 20;

    private final Vertx vertx;

    public ConfigFile(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Reads the file.
     *
     * @return its content; a {@link ConfigurationException} when it is absent, unreadable, too large or no YAML mapping
     */
    public Future<JsonObject> read(Path file) {
        return readText(file)
                .compose(text -> text.length() == 0
                        ? Future.succeededFuture(new JsonObject())
                        : new YamlProcessor()
                                .process(vertx, new JsonObject(), text)
                                .recover(failure -> refused(file, "it is no YAML mapping: " + place(failure))));
    }

    /**
     * Reads the file as it is.
     *
     * @return its content; a {@link ConfigurationException} when it is absent, unreadable or too large
     */
    public Future<Buffer> readText(Path file) {
        FileSystem files = vertx.fileSystem();
        String name = file.toString();
        return files.props(name)
                .compose(properties -> refuseHuge(file, properties))
                .compose(fine -> files.readFile(name))
                .recover(failure -> refused(file, unreadable(file, failure)));
    }

    private static String unreadable(Path file, Throwable failure) {
        Throwable root = root(failure);
        if (root instanceof NoSuchFileException) {
            return "there is no such file (" + file.toAbsolutePath() + ")";
        }
        return root instanceof AccessDeniedException
                ? "it cannot be read, permission is denied"
                : "it cannot be read (" + rootMessage(failure) + ")";
    }

    private static Future<Void> refuseHuge(Path file, FileProps properties) {
        return properties.size() <= LARGEST_BYTES
                ? Future.succeededFuture()
                : refused(file, "it is larger than 1 MiB, which no configuration needs");
    }

    private static <T> Future<T> refused(Path file, String problem) {
        return Future.failedFuture(new ConfigurationException(file.toString(), List.of(problem)));
    }

    private static String place(Throwable failure) {
        return root(failure) instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? "in line " + (marked.getProblemMark().getLine() + 1) + ", " + marked.getProblem()
                : rootMessage(failure);
    }

    private static String rootMessage(Throwable failure) {
        return String.valueOf(root(failure).getMessage()).replaceAll("\\s+", " ");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}

package io.flamenco.manager.setup.blocking;

import io.flamenco.manager.setup.SettingsDocument;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file of a Manager's settings. It is replaced as a whole, made for its owner only, and the one before is kept beside it.
 */
public final class SettingsFile {

    private static final int LARGEST_CHARACTERS = 1 << 20;
    private static final int DEEPEST_NESTING = 50;

    /** Aliases of aliases multiply what is read. */
    private static final int MOST_ALIASES = 10;

    private final Path file;
    private final Clock clock;

    public SettingsFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Names it to people. */
    public String name() {
        return file.toString();
    }

    /**
     * The settings in it; none when there is no such file.
     *
     * @throws YAMLException when it is no YAML mapping
     */
    public SettingsDocument read() throws IOException {
        return new SettingsDocument(parse(Files.exists(file) ? Files.readString(file) : ""));
    }

    /** Changes with each save; tells whether somebody else has saved meanwhile. */
    public String version() throws IOException {
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        try {
            return '"'
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12)
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Saves settings that were checked. */
    public void write(SettingsDocument settings) throws IOException {
        if (Files.exists(file)) {
            SecretFiles.write(file.resolveSibling(file.getFileName() + ".before"), Files.readString(file));
        }
        SecretFiles.write(
                file,
                "# Settings of a Flamenco Manager, saved by its set-up on " + clock.instant() + ".\n"
                        + "# The set-up replaces this file as a whole; the one before it is beside it, with .before to its name.\n"
                        + text(settings.content()));
    }

    /**
     * A YAML mapping as people write it; nothing but plain values is made of it.
     *
     * @throws YAMLException when it is none; the message says where
     */
    public static JsonObject parse(String yaml) {
        if (yaml.length() > LARGEST_CHARACTERS) {
            throw new YAMLException("it is larger than settings can be");
        }
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            Object content = new Yaml(new SafeConstructor(options)).load(yaml);
            refuseEndless(content, 0);
            return mapping(content);
        } catch (IllegalArgumentException | IllegalStateException | ClassCastException e) {
            throw new YAMLException(
                    "a value or key in it is no text, number, list or group; put it into quotes: " + e.getMessage(), e);
        }
    }

    /** A group that an alias puts into itself has no end. */
    private static void refuseEndless(@Nullable Object content, int depth) {
        if (depth > DEEPEST_NESTING) {
            throw new YAMLException("it nests deeper than settings do, or holds itself");
        }
        if (content instanceof Map<?, ?> map) {
            map.values().forEach(value -> refuseEndless(value, depth + 1));
        } else if (content instanceof Collection<?> list) {
            list.forEach(value -> refuseEndless(value, depth + 1));
        }
    }

    private static JsonObject mapping(@Nullable Object content) {
        if (content == null) {
            return new JsonObject();
        }
        if (!(content instanceof Map<?, ?> map)) {
            throw new YAMLException("it is no YAML mapping");
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return new JsonObject(named).copy();
    }

    /** As YAML. */
    public static String text(JsonObject settings) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(new JsonObject(settings.encode()).getMap());
    }
}

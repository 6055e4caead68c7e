package io.flamenco.manager.config;

import io.flamenco.shared.config.Settings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The layout of a settings file, by {@code _meta.version}, and the defaults that differ between layouts. */
enum Layout {
    /** Variables are name to platform to value; paths to replace stand apart. */
    ONE(":8083", "", false, Duration.ZERO),
    /** Variables have directions, audiences and platforms. */
    TWO(":8080", ":8443", true, Duration.ofHours(24));

    private final String listen;
    private final String listenHttps;
    private final boolean shamanEnabled;
    private final Duration garbageCollectPeriod;

    Layout(String listen, String listenHttps, boolean shamanEnabled, Duration garbageCollectPeriod) {
        this.listen = listen;
        this.listenHttps = listenHttps;
        this.shamanEnabled = shamanEnabled;
        this.garbageCollectPeriod = garbageCollectPeriod;
    }

    /**
     * The layout of that file. One that names no version is of layout one when its variables look like that, and of the
     * current layout otherwise, so that a file of three lines gets today's defaults.
     */
    static Layout of(Settings settings, JsonObject yaml) {
        Settings meta = settings.section("_meta");
        int version = meta.integer("version", looksOld(yaml) ? 1 : 2, 0, 2);
        meta.reportUnknownKeys();
        return version == 2 ? TWO : ONE;
    }

    String listen() {
        return listen;
    }

    String listenHttps() {
        return listenHttps.isEmpty() ? listen : listenHttps;
    }

    boolean shamanEnabled() {
        return shamanEnabled;
    }

    Duration garbageCollectPeriod() {
        return garbageCollectPeriod;
    }

    private static boolean looksOld(JsonObject yaml) {
        return yaml.containsKey("path_replacement")
                || (yaml.getValue("variables") instanceof JsonObject variables
                        && variables.stream().anyMatch(entry -> isOldVariable(entry.getValue())));
    }

    private static boolean isOldVariable(Object variable) {
        return variable instanceof JsonObject json && !json.containsKey("values") && !json.containsKey("direction");
    }
}

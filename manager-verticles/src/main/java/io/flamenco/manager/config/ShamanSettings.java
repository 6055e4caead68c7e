package io.flamenco.manager.config;

import io.flamenco.manager.config.ManagerConfig.Shaman;
import io.flamenco.shared.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Takes the settings of the file store out of the Manager's file. */
final class ShamanSettings {

    private static final int MEBIBYTES = 20;
    private static final int MOST_MEBIBYTES = 1 << 30;
    private static final int LARGEST_FILE = 100 * 1024;
    private static final int KEEP_FREE = 1024;

    private final Settings settings;
    private final Layout layout;
    private final Path dataDirectory;

    ShamanSettings(Settings settings, Layout layout, Path dataDirectory) {
        this.settings = settings;
        this.layout = layout;
        this.dataDirectory = dataDirectory;
    }

    Shaman read() {
        Settings group = settings.section("shaman");
        Settings collect = group.section("garbageCollect");
        Shaman shaman = new Shaman(
                group.yes("enabled", layout.shamanEnabled()),
                group.path("fileStorePath", dataDirectory.resolve("shaman").resolve("file-store")),
                group.path("checkoutPath", dataDirectory.resolve("shaman").resolve("jobs")),
                group.choice("links", "absolute", List.of("absolute", "relative"))
                        .equals("relative"),
                bytes(group.integer("maxFileMebibytes", LARGEST_FILE, 1, MOST_MEBIBYTES)),
                bytes(group.integer("keepFreeMebibytes", KEEP_FREE, 0, MOST_MEBIBYTES)),
                collect.duration("period", layout.garbageCollectPeriod()),
                collect.duration("maxAge", Duration.ofDays(31)),
                collect.texts("extraCheckoutPaths", List.of()));
        if (shaman.garbageCollectMaxAge().compareTo(Duration.ofMinutes(1)) < 0) {
            collect.problem("maxAge", "must be a minute or longer, or files of jobs that are being sent are removed");
        }
        if (shaman.garbageCollectPeriod().isNegative()) {
            collect.problem("period", "must not be negative; 0s switches the removal off");
        }
        collect.reportUnknownKeys();
        group.reportUnknownKeys();
        return shaman;
    }

    private static long bytes(int mebibytes) {
        return (long) mebibytes << MEBIBYTES;
    }
}

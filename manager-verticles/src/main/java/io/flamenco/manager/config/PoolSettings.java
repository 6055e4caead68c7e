package io.flamenco.manager.config;

import io.flamenco.manager.config.ManagerConfig.AzurePools;
import io.flamenco.manager.config.ManagerConfig.DynamicPools;
import io.flamenco.manager.config.ManagerConfig.LocalPool;
import io.flamenco.shared.config.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes the settings of dynamic pools out of the Manager's file. */
final class PoolSettings {

    private static final Pattern HOST_PART = Pattern.compile("[A-Za-z0-9-]{1,63}");
    private static final int MOST_LOCAL = 64;

    private final Settings settings;

    PoolSettings(Settings settings) {
        this.settings = settings;
    }

    DynamicPools read() {
        Settings platforms = settings.section("dynamic_pool_platforms");
        DynamicPools pools = new DynamicPools(azure(platforms), local(platforms));
        platforms.reportUnknownKeys();
        return pools;
    }

    private static Optional<AzurePools> azure(Settings platforms) {
        Settings azure = platforms.section("azure");
        String location = azure.text("location", "");
        String account = azure.text("batch_account_name", "");
        boolean fake = azure.yes("fake", false);
        azure.reportUnknownKeys();
        if (!platforms.has("azure")) {
            return Optional.empty();
        }
        if (!fake) {
            requireHostPart(azure, "location", location);
            requireHostPart(azure, "batch_account_name", account);
        }
        return Optional.of(new AzurePools(location, account, fake));
    }

    private static void requireHostPart(Settings azure, String key, String value) {
        if (!HOST_PART.matcher(value).matches()) {
            azure.problem(key, "must be letters, digits and dashes, as Azure shows it, not \"" + value + "\"");
        }
    }

    private static Optional<LocalPool> local(Settings platforms) {
        Settings local = platforms.section("local-process");
        LocalPool pool = new LocalPool(
                local.integer("workers", 0, 0, MOST_LOCAL),
                local.integer("max_workers", 1, 1, MOST_LOCAL),
                local.yes("by_demand", true),
                local.duration("idle", Duration.ofMinutes(5)));
        local.reportUnknownKeys();
        return platforms.has("local-process") ? Optional.of(pool) : Optional.empty();
    }
}

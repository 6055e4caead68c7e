package io.flamenco.cli.farm;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * The farm that somebody wants.
 *
 * @param data where all roles keep what must last; exists
 * @param source names the settings to people
 * @param server the Server's settings
 * @param manager the Manager's settings
 * @param worker the Workers' settings
 * @param serverListen where the Server waits for calls, such as {@code :8090}
 * @param managerListen where the Manager waits for calls
 * @param workers how many; 0 or more
 * @param installed which programs the Workers find, unless the settings say otherwise
 */
public record FarmPlan(
        Path data,
        String source,
        JsonObject server,
        JsonObject manager,
        JsonObject worker,
        String serverListen,
        String managerListen,
        int workers,
        Installed installed) {}

package io.flamenco.manager.setup;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.config.Variables;
import io.flamenco.shared.trust.Fingerprint;
import io.flamenco.shared.wire.WireJson;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a Manager as they stand in its file.
 *
 * @param content key by key; never changed
 */
public record SettingsDocument(JsonObject content) {

    /** Stands for a secret that people do not see; saving it changes nothing. */
    public static final String HIDDEN = "(hidden)";

    private static final List<String> SECTIONS = List.of("shaman", "variables");
    private static final List<String> SECRETS = List.of("manager_secret", "worker_registration_secret", "database_url");

    public SettingsDocument {
        content = content.copy();
    }

    /** What people see: everything but secrets, and what counts where the file says nothing. */
    public JsonObject shown(Path dataDirectory) {
        JsonObject shown = usual(dataDirectory).mergeIn(content, true);
        shown.remove("manager_secret");
        if (!shown.getString("worker_registration_secret", "").isEmpty()) {
            shown.put("worker_registration_secret", HIDDEN);
        }
        if (shown.getValue("database_url") instanceof String url && url.contains("@")) {
            shown.put("database_url", HIDDEN);
        }
        return shown;
    }

    /**
     * Replaced by what people send. The secrets that they did not see stay; what they saw because it is usual, and left as it was,
     * is not written down, so that it goes on following the other settings and the version of the Manager.
     */
    public SettingsDocument edited(JsonObject sent, Path dataDirectory) {
        JsonObject edited = chosen(sent, usual(dataDirectory), content);
        for (String secret : SECRETS) {
            boolean unseen = HIDDEN.equals(edited.getValue(secret))
                    || (secret.equals("manager_secret") && !edited.containsKey(secret));
            if (unseen) {
                edited.remove(secret);
                Optional.ofNullable(content.getValue(secret)).ifPresent(known -> edited.put(secret, known));
            }
        }
        return new SettingsDocument(edited);
    }

    private static JsonObject chosen(JsonObject sent, JsonObject usual, JsonObject known) {
        JsonObject chosen = withoutUsual(sent, usual, known);
        for (String section : SECTIONS) {
            if (sent.getValue(section) instanceof JsonObject sentSection && chosen.containsKey(section)) {
                JsonObject before = known.getValue(section) instanceof JsonObject object ? object : new JsonObject();
                chosen.put(section, withoutUsual(sentSection, usual.getJsonObject(section), before));
            }
        }
        return chosen;
    }

    private static JsonObject withoutUsual(JsonObject sent, JsonObject usual, JsonObject known) {
        JsonObject left = new JsonObject();
        sent.forEach(entry -> {
            String key = entry.getKey();
            if (known.containsKey(key) || !Objects.equals(entry.getValue(), usual.getValue(key))) {
                left.put(key, entry.getValue());
            }
        });
        return left;
    }

    /**
     * Linked with a Server as that Manager.
     *
     * @param fingerprint of the Server, when a person confirmed it
     */
    public SettingsDocument linked(String server, Optional<Fingerprint> fingerprint, String managerId, String secret) {
        JsonObject linked = content.copy()
                .put("flamenco", server)
                .put("manager_id", managerId)
                .put("manager_secret", secret);
        String key = ManagerConfig.SERVER.fingerprint();
        fingerprint.ifPresentOrElse(confirmed -> linked.put(key, confirmed.toString()), () -> linked.remove(key));
        return new SettingsDocument(linked);
    }

    /**
     * The settings, checked.
     *
     * @throws io.flamenco.shared.config.ConfigurationException when a Manager cannot start with them; names all problems
     */
    public ManagerConfig checked(String source, Path dataDirectory) {
        return ManagerConfig.read(source, content.copy(), dataDirectory, Map.of());
    }

    /** What counts where the file says nothing; one of the variables says where the checkouts are. */
    private JsonObject usual(Path dataDirectory) {
        JsonObject checkouts = new JsonObject();
        if (content.getValue("shaman") instanceof JsonObject shaman
                && shaman.getValue("checkoutPath") instanceof String path) {
            checkouts.put("shaman", new JsonObject().put("checkoutPath", path));
        }
        ManagerConfig config = ManagerConfig.read("what is usual", checkouts, dataDirectory, Map.of());
        return new JsonObject()
                .put("_meta", new JsonObject().put("version", 2))
                .put("manager_name", config.managerName())
                .put("listen", ":" + config.listening().listen().port())
                .put("ssdp_discovery", config.discovery().enabled())
                .put("task_logs_path", config.taskLogsPath().toString())
                .put(
                        "shaman",
                        new JsonObject()
                                .put("enabled", config.shaman().enabled())
                                .put(
                                        "fileStorePath",
                                        config.shaman().fileStorePath().toString())
                                .put(
                                        "checkoutPath",
                                        config.shaman().checkoutPath().toString()))
                .put("variables", variables(config.variables()));
    }

    private static JsonObject variables(Variables variables) {
        JsonObject shown = new JsonObject();
        variables.byName().forEach((name, variable) -> shown.put(name, new JsonObject(WireJson.write(variable))));
        return shown;
    }
}

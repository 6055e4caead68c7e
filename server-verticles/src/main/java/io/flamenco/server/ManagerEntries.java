package io.flamenco.server;

import io.flamenco.server.ServerConfig.ManagerEntry;
import io.flamenco.shared.config.Settings;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the Managers that stand in the settings; no two of them may be taken for each other. */
final class ManagerEntries {

    private static final int SHORTEST_SECRET = 16;
    private static final int LONGEST_NAME = 128;

    private final Map<ManagerId, String> byId = new HashMap<>();
    private final Map<String, String> byName = new HashMap<>();
    private final Map<String, String> bySecret = new HashMap<>();

    private ManagerEntries() {}

    static List<ManagerEntry> read(Settings settings) {
        ManagerEntries entries = new ManagerEntries();
        List<ManagerEntry> managers = new ArrayList<>();
        List<Settings> sections = settings.sections("managers");
        for (int i = 0; i < sections.size(); i++) {
            Settings section = sections.get(i);
            String place = "managers[" + i + "]";
            entry(section).ifPresent(entry -> {
                entries.check(entry, place, section);
                managers.add(entry);
            });
            section.reportUnknownKeys();
        }
        return managers;
    }

    private static Optional<ManagerEntry> entry(Settings section) {
        String id = section.text("id", "");
        String secret = section.text("secret", "");
        String name = section.text("name", "Manager").strip();
        if (!ObjectIds.isValid(id)) {
            section.problem("id", "must be 24 hexadecimal digits, not \"" + id + "\"");
            return Optional.empty();
        }
        if (secret.length() < SHORTEST_SECRET) {
            section.problem("secret", "must have at least " + SHORTEST_SECRET + " characters");
            return Optional.empty();
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            section.problem("name", "must have 1 to " + LONGEST_NAME + " characters");
            return Optional.empty();
        }
        return Optional.of(new ManagerEntry(new ManagerId(id), name, secret));
    }

    private void check(ManagerEntry entry, String place, Settings section) {
        String mine = "\"" + entry.name() + "\" (" + place + ")";
        String other = byId.putIfAbsent(entry.id(), mine);
        if (other != null) {
            section.problem("id", "is also that of " + other + "; remove one of them, or give it an id of its own");
        }
        other = byName.putIfAbsent(entry.name(), mine);
        if (other != null) {
            section.problem(
                    "name", "\"" + entry.name() + "\" is also that of " + other + "; give each a name of its own");
        }
        other = bySecret.putIfAbsent(entry.secret(), mine);
        if (other != null) {
            section.problem(
                    "secret",
                    "of " + mine + " is also that of " + other
                            + ", and by it a Manager is known; give each one of its own,"
                            + " such as from: openssl rand -hex 32");
        }
    }
}

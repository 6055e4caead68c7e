package io.flamenco.mongo;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * The first line of a backup.
 *
 * @param role whose database it is: {@code manager} or {@code server}
 * @param program the version of the program that made it
 * @param made when
 */
public record BackupLabel(String role, String program, Instant made) {
    private static final int FORMAT = 1;

    String line() {
        return new JsonObject()
                .put("flamenco_backup", FORMAT)
                .put("role", role)
                .put("program", program)
                .put("made", made.toString())
                .encode();
    }

    /** @throws BackupException when the line is none, or one of a later format */
    static BackupLabel parse(String line) {
        try {
            var json = new JsonObject(line);
            int format = json.getInteger("flamenco_backup", 0);
            if (format != FORMAT) {
                throw new BackupException(
                        format > FORMAT
                                ? "it was made by a later version, " + json.getString("program", "")
                                        + "; use that version or a later one"
                                : "it is no backup of Flamenco");
            }
            return new BackupLabel(
                    json.getString("role", ""),
                    json.getString("program", ""),
                    Instant.parse(json.getString("made", "")));
        } catch (DecodeException | ClassCastException | DateTimeParseException e) {
            throw new BackupException("it is no backup of Flamenco");
        }
    }
}

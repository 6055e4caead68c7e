package io.flamenco.cli.backup;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.DataDirectory;
import io.flamenco.mongo.Backup;
import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.mongo.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts a backup back. Blocks. */
public final class BackupRestoring {

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");
    private static final Pattern MAJOR = Pattern.compile("(\\d+)\\..*");

    private final KeptRole role;
    private final String version;
    private final Clock clock;

    /**
     * @param version of this program
     * @param clock names the place of a database that is replaced
     */
    public BackupRestoring(KeptRole role, String version, Clock clock) {
        this.role = role;
        this.version = version;
        this.clock = clock;
    }

    /**
     * Makes the backup the database of the role, which must not run.
     *
     * @param replace whether a database that is there may be moved aside
     * @return one or two sentences for people
     * @throws CommandFailure when the file is no whole backup of such a role, or there is a database already
     */
    public String from(Path file, boolean replace) {
        if (role.databaseUrl().isPresent()) {
            throw CommandFailure.of("The " + role.name() + " keeps its data in a MongoDB; leave database_url out of its"
                    + " settings to restore into an embedded database.");
        }
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.of(
                    "There is no file " + file + "; name one that flamenco " + role.name() + " backup has written.");
        }
        Path directory = role.database().directory();
        Path aside = directory.resolveSibling(
                directory.getFileName() + "-before-" + SUFFIX.format(LocalDateTime.now(clock)));
        try {
            if (!DataDirectory.takeRoleIfFree(role.data())) {
                throw CommandFailure.of("The " + role.name() + " runs; stop it first.");
            }
            BackupLabel label = Backup.check(file);
            check(label, file);
            if (Files.exists(directory) && !replace) {
                throw CommandFailure.of("The " + role.name() + " has a database already, in " + directory
                        + "; say --replace to have it moved aside.");
            }
            boolean before = Backup.restore(file, role.database(), aside);
            return "The " + role.name() + "'s database is that of " + label.made() + " again."
                    + (before ? " What was there is in " + aside + "." : "");
        } catch (IOException | BackupException | StorageException e) {
            throw CommandFailure.of("The backup " + file + " cannot be restored: " + e.getMessage() + ".");
        }
    }

    private void check(BackupLabel label, Path file) {
        if (!label.role().equals(role.name())) {
            throw CommandFailure.of(
                    "The backup " + file + " is one of a " + label.role() + ", not of a " + role.name() + ".");
        }
        if (major(label.program()) > major(version)) {
            throw CommandFailure.of("The backup " + file + " was made by version " + label.program()
                    + "; restore it with that version or a later one, this is " + version + ".");
        }
    }

    private static int major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.matches() && matcher.group(1).length() < 6 ? Integer.parseInt(matcher.group(1)) : 0;
    }
}

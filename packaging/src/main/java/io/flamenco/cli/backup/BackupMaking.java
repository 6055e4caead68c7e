package io.flamenco.cli.backup;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.DataDirectory;
import io.flamenco.mongo.Backup;
import io.flamenco.mongo.BackupException;
import io.flamenco.mongo.BackupLabel;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.trust.CertificateCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;

/** Makes a backup of a role's embedded database. Blocks. */
public final class BackupMaking {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final KeptRole role;
    private final URI url;
    private final String version;
    private final Clock clock;

    /**
     * @param url where the role is reached while it runs
     * @param version of this program
     */
    public BackupMaking(KeptRole role, URI url, String version, Clock clock) {
        this.role = role;
        this.url = url;
        this.version = version;
        this.clock = clock;
    }

    /**
     * Makes a backup in a file that does not exist yet; nothing but a whole one gets that name.
     *
     * @return what was backed up
     * @throws CommandFailure when it can't be made
     */
    public BackupLabel to(Path file) {
        Path target = file.toAbsolutePath();
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        if (Files.exists(target)) {
            throw CommandFailure.of("There is a file " + file + " already; choose another name.");
        }
        try {
            SecretFiles.write(unfinished, "");
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                write(out);
            }
            BackupLabel label = Backup.check(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return label;
        } catch (IOException | BackupException e) {
            throw CommandFailure.of("The backup " + file + " cannot be made: " + e.getMessage() + ".");
        } finally {
            unfinished.toFile().delete();
        }
    }

    private void write(OutputStream out) throws IOException {
        if (role.databaseUrl().isPresent()) {
            throw CommandFailure.of("The " + role.name()
                    + " keeps its data in a MongoDB, which has tools of its own for this, such as mongodump.");
        }
        if (Files.isDirectory(role.database().directory()) && DataDirectory.takeRoleIfFree(role.data())) {
            Backup.write(role.database(), new BackupLabel(role.name(), version, clock.instant()), out);
        } else {
            download(out);
        }
    }

    private void download(OutputStream out) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/v1/backup"))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token())
                .build();
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .sslContext(CertificateCheck.of(role.trust(clock)).context())
                .build()) {
            HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw CommandFailure.of("The " + role.name() + " at " + url + " refused the backup with status "
                            + response.statusCode() + "; is it the one of the data directory " + role.data() + "?");
                }
                body.transferTo(out);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.of("The backup was interrupted.");
        } catch (java.net.ConnectException e) {
            throw CommandFailure.of("The " + role.name() + " cannot be reached at " + url
                    + "; when it listens somewhere else, say where with --url.");
        }
    }

    private String token() throws IOException {
        if (!Files.exists(role.token())) {
            throw CommandFailure.of(
                    "There is no " + role.name() + " in " + role.data() + "; name its place with --data.");
        }
        return Files.readString(role.token()).strip();
    }
}

package io.flamenco.cli.upload;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.trust.PeerTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** What can be said of files that are to be sent along with a job. */
public final class UploadOptions {

    @Option(
            names = {"--upload", "--shaman"},
            description =
                    "Sends the file, and what it uses, to the Manager's file store; for farms without a shared drive."
                            + " Blender is asked what a .blend uses, when it is installed.")
    private boolean upload;

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = "With --upload: another file or directory to send; it keeps its place relative to the first.")
    private List<Path> more = new ArrayList<>();

    @Option(
            names = "--manager-url",
            paramLabel = "URL",
            defaultValue = "http://localhost:8080/",
            description = "With --upload: the Manager. Default: ${DEFAULT-VALUE}")
    private URI manager = URI.create("http://localhost:8080/");

    @Option(
            names = "--manager-token-file",
            paramLabel = "FILE",
            defaultValue = "flamenco-data/manager/api-token",
            description = "With --upload: holds the Manager's token. The variable FLAMENCO_MANAGER_TOKEN wins over it."
                    + " Default: ./${DEFAULT-VALUE}")
    private Path tokenFile = Path.of("flamenco-data/manager/api-token");

    @Option(
            names = "--manager-fingerprint",
            paramLabel = "SHA-256",
            defaultValue = "${env:FLAMENCO_MANAGER_FINGERPRINT:-}",
            description = "With --upload over HTTPS: the one key of the Manager that is accepted, as it shows it at its"
                    + " start. Default: $FLAMENCO_MANAGER_FINGERPRINT")
    private String fingerprint = "";

    @Option(
            names = "--manager-certificates",
            paramLabel = "FILE",
            description =
                    "With --upload over HTTPS: a PEM file with the authorities to trust in place of those that Java"
                            + " knows.")
    private Optional<Path> certificates = Optional.empty();

    @Option(
            names = "--blender",
            paramLabel = "PROGRAM",
            defaultValue = "blender",
            description = "With --upload: the Blender to ask. Default: ${DEFAULT-VALUE}")
    private String blender = "blender";

    /** Whether files are to be sent along. */
    public boolean wanted() {
        return upload;
    }

    /**
     * The path for Workers: that of the file here, or that of its copy in the file store, which is sent first.
     *
     * @param say is told how far it is
     * @throws io.flamenco.cli.process.CommandFailure when something cannot be sent
     */
    public String filepath(Path file, Consumer<String> say) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!upload) {
            return absolute.toString();
        }
        String token =
                Optional.ofNullable(System.getenv("FLAMENCO_MANAGER_TOKEN")).orElseGet(this::tokenInFile);
        Luggage luggage = Luggage.of(absolute, new BlenderFiles(blender, say).usedBy(absolute), more);
        try (StoreClient client = new StoreClient(manager, token, trust())) {
            String checkout = new Sending(client, luggage, say).send(ObjectIds.next());
            return "{shaman}/" + checkout + "/" + luggage.nameOf(absolute);
        }
    }

    private PeerTrust trust() {
        try {
            return PeerTrust.written(StoreClient.MANAGER, fingerprint, certificates);
        } catch (IllegalArgumentException wrong) {
            throw CommandFailure.of(wrong.getMessage() + ".");
        }
    }

    private String tokenInFile() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw CommandFailure.of("The Manager's token cannot be read from " + tokenFile
                    + "; copy the file manager/api-token from the Manager's data directory, and name it with"
                    + " --manager-token-file.");
        }
    }
}

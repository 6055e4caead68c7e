package io.flamenco.cli.upload;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.shared.trust.UntrustedCertificate;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The calls of a Manager's file store. Blocks. */
final class StoreClient implements AutoCloseable {

    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

    /** What the options call it. */
    static final PeerTrust.Peer MANAGER =
            new PeerTrust.Peer("Manager", "--manager-fingerprint", "--manager-certificates");

    private final HttpClient client;
    private final URI manager;
    private final String token;

    /** @param trust by what the Manager is recognised; may read files */
    StoreClient(URI manager, String token, PeerTrust trust) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20));
        if ("https".equals(manager.getScheme())) {
            builder.sslContext(CertificateCheck.of(trust).context());
        }
        this.client = builder.build();
        this.manager = manager;
        this.token = token;
    }

    /** What became of a file that was sent. */
    enum Sent {
        STORED,
        SOMEBODY_ELSE_SENDS_IT,
        CONNECTION_LOST
    }

    /** The lines of the definition's files that are to be sent, such as {@code file-unknown scene.blend}. */
    List<String> requirements(String definition) {
        HttpResponse<String> answer = define("checkout/requirements", definition);
        if (answer.statusCode() != 200) {
            throw refused("The Manager does not take this list of files", answer);
        }
        return answer.body().lines().toList();
    }

    /** Makes a checkout and returns its path; empty when a file has gone from the store meanwhile. */
    String checkout(String id, String definition) {
        HttpResponse<String> answer = define("checkout/create/" + id, definition);
        if (answer.statusCode() == 400 && answer.body().startsWith("file-unknown ")) {
            return "";
        }
        if (answer.statusCode() != 200) {
            throw refused("The Manager could not put the job's files together", answer);
        }
        return answer.body();
    }

    /** Sends a file. */
    Sent send(PackedFile file, boolean mayDefer) {
        try {
            HttpRequest request = to("files/" + file.checksum() + "/" + file.size())
                    .header("X-Shaman-Can-Defer-Upload", Boolean.toString(mayDefer))
                    .header("X-Shaman-Original-Filename", file.name().replaceAll("[^\\x20-\\x7e]", "?"))
                    .POST(BodyPublishers.ofFile(file.path()))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 204 -> Sent.STORED;
                case 208 ->
                    answer.headers().firstValue("Location").isPresent() ? Sent.STORED : Sent.SOMEBODY_ELSE_SENDS_IT;
                case 417 ->
                    throw CommandFailure.of("The file " + file.path() + " was changed while it was sent; try again.");
                default -> throw refused("The file " + file.path() + " was not taken", answer);
            };
        } catch (FileNotFoundException e) {
            throw CommandFailure.of("The file " + file.path() + " has gone while files were sent.");
        } catch (IOException e) {
            return Sent.CONNECTION_LOST;
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpResponse<String> define(String path, String definition) {
        try {
            HttpRequest request = to(path).header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString(definition))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw CommandFailure.of("The Manager at " + manager + " cannot be reached ("
                    + UntrustedCertificate.reason(e) + "); is it running? Name another one with --manager-url.");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(manager.resolve(path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token);
    }

    private CommandFailure refused(String what, HttpResponse<String> answer) {
        String why = switch (answer.statusCode()) {
            case 401, 403, 498 -> "it does not know the token; name its file with --manager-token-file";
            case 404, 405 -> "its file store is switched off; set shaman.enabled: true in its settings";
            default -> answer.statusCode() + " " + answer.body().strip();
        };
        return CommandFailure.of(what + " (" + manager.resolve("/") + "): " + why);
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return CommandFailure.of("The upload was interrupted.");
    }

    /** A file with what the store knows it by. */
    record PackedFile(Path path, String name, String checksum, long size) {}
}

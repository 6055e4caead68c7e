package io.flamenco.cli.upload;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.upload.StoreClient.PackedFile;
import io.flamenco.cli.upload.StoreClient.Sent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Sends the files of one job that the store does not have yet, until it has all, and has them put together. */
final class Sending {

    /** After so many rounds in which something was still missing, somebody or something is against us. */
    private static final int MOST_ROUNDS = 10;

    private static final String UNKNOWN = "file-unknown ";
    private static final String UPLOADING = "already-uploading ";

    private final StoreClient client;
    private final Luggage luggage;
    private final Consumer<String> say;
    private final Map<String, PackedFile> byName = new LinkedHashMap<>();

    Sending(StoreClient client, Luggage luggage, Consumer<String> say) {
        this.client = client;
        this.luggage = luggage;
        this.say = say;
    }

    /**
     * Does it.
     *
     * @param id of the checkout, not used before
     * @return the checkout's path below the Manager's checkouts
     */
    String send(String id) {
        luggage.files().forEach(file -> byName.put(luggage.nameOf(file), packed(file)));
        String definition = byName.values().stream()
                .map(file -> file.checksum() + " " + file.size() + " " + file.name() + "\n")
                .collect(Collectors.joining());
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<String> needed = client.requirements(definition);
            if (needed.isEmpty()) {
                String path = client.checkout(id, definition);
                if (!path.isEmpty()) {
                    return path;
                }
            }
            sendAll(needed);
        }
        throw CommandFailure.of("The Manager still lacks files after " + MOST_ROUNDS
                + " rounds of sending; look into its log, or try again.");
    }

    /** What others are sending comes last; it may be there by then. */
    private void sendAll(List<String> needed) {
        List<PackedFile> unknown = files(needed, UNKNOWN);
        List<PackedFile> uploading = files(needed, UPLOADING);
        int number = 0;
        for (PackedFile file : unknown) {
            number++;
            say.accept("sending " + number + " of " + unknown.size() + ": " + file.name() + " (" + file.size()
                    + " bytes)");
            boolean mayDefer = number < unknown.size() || !uploading.isEmpty();
            if (client.send(file, mayDefer) == Sent.CONNECTION_LOST) {
                say.accept("warning: the connection broke; it will be tried again");
            }
        }
        if (unknown.isEmpty()) {
            for (PackedFile file : uploading) {
                say.accept("sending what somebody else also sends: " + file.name());
                client.send(file, false);
            }
        }
    }

    private List<PackedFile> files(List<String> needed, String token) {
        return needed.stream()
                .filter(line -> line.startsWith(token))
                .map(line -> byName.get(line.substring(token.length())))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private PackedFile packed(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long size = new DigestInputStream(bytes, digest).transferTo(java.io.OutputStream.nullOutputStream());
            return new PackedFile(file, luggage.nameOf(file), HexFormat.of().formatHex(digest.digest()), size);
        } catch (IOException e) {
            throw CommandFailure.of("The file " + file + " cannot be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

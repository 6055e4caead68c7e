package io.flamenco.shared.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** A backup for those who look for something in it. */
public final class BackupText {

    private BackupText() {}

    /** All of its bytes as characters, unpacked: a line of JSON, then the documents. */
    public static String of(byte[] backup) throws IOException {
        int label = 0;
        while (backup[label] != '\n') {
            label++;
        }
        try (GZIPInputStream documents =
                new GZIPInputStream(new ByteArrayInputStream(backup, label + 1, backup.length - label - 1))) {
            return new String(backup, 0, label, StandardCharsets.UTF_8)
                    + new String(documents.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}

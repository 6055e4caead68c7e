package io.flamenco.manager.scheduler;

import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * By what a report is known when it comes again because its answer was lost: a fingerprint of the {@code Idempotency-Key}
 * that its Worker gave it, of the Worker, and of the task.
 *
 * @param fingerprint 0 for a report without a key, which cannot be recognised
 */
public record Delivery(long fingerprint) {

    /** A report without a key, as original Workers send them. */
    public static final Delivery UNNAMED = new Delivery(0);

    /**
     * The delivery with that key.
     *
     * @param key of any length; absent or blank for none
     */
    public static Delivery of(WorkerId worker, TaskId task, @Nullable String key) {
        if (key == null || key.isBlank()) {
            return UNNAMED;
        }
        String text = worker.hex() + task.hex() + key;
        return new Delivery(
                ByteBuffer.wrap(digest(text.getBytes(StandardCharsets.UTF_8))).getLong());
    }

    boolean named() {
        return fingerprint != 0;
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}

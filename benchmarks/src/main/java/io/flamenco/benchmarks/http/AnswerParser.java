package io.flamenco.benchmarks.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Takes one answer at a time out of the bytes that come in over a connection. For one thread. */
public final class AnswerParser {

    private static final int LARGEST_ANSWER = 64 << 20;

    private byte[] bytes = new byte[0];

    /**
     * Adds what came in.
     *
     * @return the answer when it is complete; null when more must come
     * @throws IllegalStateException when the bytes are no HTTP answer, or when it is larger than 64 MiB
     */
    public @Nullable Answer feed(byte[] chunk) {
        bytes = bytes.length == 0 ? chunk : joined(bytes, chunk);
        if (bytes.length > LARGEST_ANSWER) {
            throw new IllegalStateException("an answer of more than " + LARGEST_ANSWER + " bytes came");
        }
        int headEnd = endOfHead();
        return headEnd < 0 ? null : answer(headEnd);
    }

    private @Nullable Answer answer(int headEnd) {
        int status = status();
        String head = new String(bytes, 0, headEnd, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int length = contentLength(head);
        if (status == 204 || status == 304 || length == 0) {
            return complete(status, "", headEnd);
        }
        if (length > 0) {
            int end = headEnd + length;
            return bytes.length < end ? null : complete(status, text(headEnd, length), end);
        }
        if (head.contains("transfer-encoding: chunked")) {
            return chunked(status, headEnd);
        }
        throw new IllegalStateException("an answer has neither Content-Length nor chunks: " + head.strip());
    }

    private @Nullable Answer chunked(int status, int from) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = from;
        while (true) {
            int lineEnd = lineEnd(at);
            if (lineEnd < 0) {
                return null;
            }
            int size = Integer.parseInt(new String(bytes, at, lineEnd - at, StandardCharsets.US_ASCII).strip(), 16);
            int next = lineEnd + 2 + size + 2;
            if (bytes.length < next) {
                return null;
            }
            if (size == 0) {
                return complete(status, body.toString(StandardCharsets.UTF_8), next);
            }
            body.write(bytes, lineEnd + 2, size);
            at = next;
        }
    }

    private Answer complete(int status, String body, int end) {
        bytes = end == bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, end, bytes.length);
        return new Answer(status, body);
    }

    private String text(int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    private int status() {
        String start = new String(bytes, 0, 12, StandardCharsets.US_ASCII);
        if (!start.startsWith("HTTP/1.")) {
            throw new IllegalStateException("this is no HTTP answer: " + start);
        }
        return Integer.parseInt(start.substring(9));
    }

    private static int contentLength(String head) {
        String key = "\r\ncontent-length:";
        int at = head.indexOf(key);
        if (at < 0) {
            return -1;
        }
        int from = at + key.length();
        return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
    }

    private int endOfHead() {
        for (int at = lineEnd(0); at >= 0; at = lineEnd(at + 2)) {
            if (at + 3 < bytes.length && bytes[at + 2] == '\r' && bytes[at + 3] == '\n') {
                return at + 4;
            }
        }
        return -1;
    }

    private int lineEnd(int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}

package io.flamenco.benchmarks.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Prepares requests as bytes.
 *
 * @param host value of the {@code Host} header
 * @param authorization value of the {@code Authorization} header; empty for none
 */
public record Requests(String host, String authorization) {

    private static final String CRLF = "\r\n";

    /** Requests of a Worker that authenticates with its id and secret. */
    public static Requests ofWorker(String host, String workerId, String secret) {
        byte[] credentials = (workerId + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return new Requests(host, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** A GET request. */
    public Buffer get(String path) {
        return Buffer.buffer(head("GET", path) + CRLF);
    }

    /** A POST request with a JSON body, or with none when the text is empty. */
    public Buffer post(String path, String json) {
        return post(path, "", json);
    }

    /** A POST request with one more header, such as {@code Prefer: wait=30}. */
    public Buffer post(String path, String header, String json) {
        String more = header.isEmpty() ? "" : header + CRLF;
        String type = json.isEmpty() ? "" : "Content-Type: application/json" + CRLF;
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return Buffer.buffer(head("POST", path) + more + type + "Content-Length: " + length + CRLF + CRLF + json);
    }

    private String head(String method, String path) {
        String start = method + " " + path + " HTTP/1.1" + CRLF + "Host: " + host + CRLF;
        String who = authorization.isEmpty() ? "" : "Authorization: " + authorization + CRLF;
        return start + who + "User-Agent: Flamenco-Benchmarks/1" + CRLF;
    }
}

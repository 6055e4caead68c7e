package io.flamenco.manager.shaman.http;

import io.flamenco.manager.shaman.domain.FileKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Somebody who sends files. */
final class ShamanClient {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    ShamanClient(int port) {
        this.port = port;
    }

    /** What was answered. */
    record Answer(int status, HttpHeaders headers, String text) {}

    Answer upload(FileKey key, byte[] body, Map<String, String> headers) {
        return send("POST", path(key), body, headers);
    }

    Answer define(String path, byte[] definition, Map<String, String> headers) {
        return send("POST", path, definition, headers);
    }

    Answer send(String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.ofByteArray(body))
                .setHeader("Authorization", "Bearer " + ShamanServer.TOKEN);
        headers.forEach(request::setHeader);
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins to send a file and says how the head of the request goes on; the rest is up to the caller. */
    Socket begin(FileKey key, String moreHeaders) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        String head = "POST " + path(key) + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + ShamanServer.TOKEN
                + "\r\nContent-Length: " + key.size() + "\r\n" + moreHeaders + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** The first line of an answer. */
    static String statusLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter >= 0 && letter != '\r'; letter = in.read()) {
            line.append((char) letter);
        }
        return line.toString();
    }

    static String path(FileKey key) {
        return "/files/" + key.checksum() + "/" + key.size();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

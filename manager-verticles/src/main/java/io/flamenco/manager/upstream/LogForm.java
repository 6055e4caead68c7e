package io.flamenco.manager.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The multipart form in which a log travels: one part named {@code logfile} of the type {@code text/plain+gzip}, whose bytes
 * are those of the file. They go from disk to network without being held in memory, and the length is told beforehand, since
 * not every Server takes a body without one.
 */
final class LogForm {

    private final AsyncFile file;
    private final long fileSize;
    private final String boundary = UUID.randomUUID().toString();
    private final String fileName;

    private LogForm(AsyncFile file, long fileSize, String fileName) {
        this.file = file;
        this.fileSize = fileSize;
        this.fileName = fileName;
    }

    /** Opens the file; close the form when it is sent. */
    static Future<LogForm> open(Vertx vertx, Path gzip) {
        return vertx.fileSystem()
                .open(gzip.toString(), new OpenOptions().setWrite(false).setCreate(false))
                .compose(file -> file.size().map(size -> new LogForm(file, size, String.valueOf(gzip.getFileName()))));
    }

    Future<HttpClientResponse> send(HttpClientRequest request) {
        Buffer head = head();
        Buffer foot = Buffer.buffer("\r\n--" + boundary + "--\r\n");
        request.putHeader(HttpHeaders.CONTENT_TYPE, "multipart/form-data; boundary=" + boundary);
        request.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(head.length() + fileSize + foot.length()));
        file.setReadLength(fileSize);
        return request.write(head)
                .compose(written -> file.pipe().endOnComplete(false).to(request))
                .compose(written -> request.end(foot))
                .compose(written -> request.response());
    }

    Future<Void> close() {
        return file.close();
    }

    private Buffer head() {
        return Buffer.buffer("--" + boundary + "\r\nContent-Disposition: form-data; name=\"logfile\"; filename=\""
                + fileName + "\"\r\nContent-Type: text/plain+gzip\r\n\r\n");
    }
}

package io.flamenco.manager.upstream;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * The multipart form in which a log travels: one part named {@code logfile} of the type {@code text/plain+gzip}, whose
 * bytes are the compressed file as it is.
 */
record LogForm(String contentType, Buffer body) {

    static LogForm of(String fileName, Buffer gzip) {
        String boundary = UUID.randomUUID().toString();
        Buffer body = Buffer.buffer()
                .appendString("--" + boundary + "\r\n")
                .appendString("Content-Disposition: form-data; name=\"logfile\"; filename=\"" + fileName + "\"\r\n")
                .appendString("Content-Type: text/plain+gzip\r\n\r\n")
                .appendBuffer(gzip)
                .appendString("\r\n--" + boundary + "--\r\n");
        return new LogForm("multipart/form-data; boundary=" + boundary, body);
    }
}

package io.flamenco.manager.upstream;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses bodies of requests. Takes long for an event loop. */
final class BlockingGzip {

    private BlockingGzip() {}

    static Buffer compress(Buffer plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length() / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain.getBytes());
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

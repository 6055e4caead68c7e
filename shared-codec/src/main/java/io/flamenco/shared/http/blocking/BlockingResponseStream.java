package io.flamenco.shared.http.blocking;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Writes the body of a response from a thread that may wait, no faster than the client reads. Closing it ends the response.
 *
 * <p>A client that reads nothing for a minute is given up with an {@link IOException}.
 */
public final class BlockingResponseStream extends OutputStream {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PIECE_BYTES = 64 * 1024;

    private final HttpServerResponse response;
    private Buffer piece = Buffer.buffer(PIECE_BYTES);

    /** @param response its head is ready to be sent, chunked */
    public BlockingResponseStream(HttpServerResponse response) {
        this.response = response;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        piece.appendBytes(bytes, from, length);
        if (piece.length() >= PIECE_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (piece.length() > 0) {
            Buffer full = piece;
            piece = Buffer.buffer(PIECE_BYTES);
            await(response.write(full));
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        await(response.end());
    }

    private static void await(Future<Void> sent) throws IOException {
        try {
            sent.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the client has gone", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the client reads nothing for " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a client was written to");
        }
    }
}

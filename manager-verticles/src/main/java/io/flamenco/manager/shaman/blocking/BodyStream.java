package io.flamenco.manager.shaman.blocking;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What an event loop receives, for a thread that reads it at its own pace. At most about {@value #MOST_WAITING} bytes wait in
 * between; the sender is held up meanwhile.
 */
public final class BodyStream extends InputStream {

    private static final long MOST_WAITING = 512 * 1024;

    private final Context context;
    private final ReadStream<Buffer> source;
    private final Runnable onBegin;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private Buffer current = Buffer.buffer();
    private int position;

    /** What comes out of the source. */
    private sealed interface Piece {

        record Bytes(Buffer bytes) implements Piece {}

        record End() implements Piece {}

        record Broken(IOException failure) implements Piece {}
    }

    /**
     * Called on the source's event loop.
     *
     * @param source paused, and stays so until {@link #begin()}
     * @param onBegin is run on the event loop before the source is read
     */
    public BodyStream(Context context, ReadStream<Buffer> source, Runnable onBegin) {
        this.context = context;
        this.source = source;
        this.onBegin = onBegin;
        source.handler(this::onBytes);
        source.endHandler(end -> pieces.add(new Piece.End()));
        source.exceptionHandler(failure -> pieces.add(new Piece.Broken(new SenderGone(failure))));
    }

    /** Lets the source flow. */
    BodyStream begin() {
        context.runOnContext(ignored -> {
            onBegin.run();
            source.resume();
        });
        return this;
    }

    /** The sender went away before everything had arrived. */
    public static final class SenderGone extends IOException {

        private static final long serialVersionUID = 1;

        SenderGone(Throwable cause) {
            super("the sender went away", cause);
        }
    }

    /** Makes whoever reads, or will read, fail with that. Any thread may call it. */
    void breakOff(IOException failure) {
        pieces.add(new Piece.Broken(failure));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length() && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length() - position);
        current.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private void onBytes(Buffer bytes) {
        pieces.add(new Piece.Bytes(bytes));
        if (waiting.addAndGet(bytes.length()) >= MOST_WAITING) {
            source.pause();
        }
    }

    /** The next piece becomes the current one; false at the end, which stays the end. */
    private boolean next() throws IOException {
        Piece piece = take();
        switch (piece) {
            case Piece.Bytes bytes -> {
                current = bytes.bytes();
                position = 0;
                taken(current.length());
                return true;
            }
            case Piece.End end -> {
                pieces.add(end);
                return false;
            }
            case Piece.Broken broken -> throw broken.failure();
        }
    }

    private Piece take() throws IOException {
        try {
            return pieces.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the sender", e);
        }
    }

    private void taken(int bytes) {
        long before = waiting.getAndAdd(-bytes);
        if (before >= MOST_WAITING && before - bytes < MOST_WAITING) {
            context.runOnContext(ignored -> source.resume());
        }
    }
}

package io.flamenco.mongo.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies the frames of a journal's files, as far as they are whole, to the maps. */
final class JournalReader {
    private static final Logger LOG = LoggerFactory.getLogger(JournalReader.class);

    private final Frame.Target target;
    private long lastNumber;

    JournalReader(Frame.Target target) {
        this.target = target;
    }

    /** The number of the last frame that was applied; 0 when there was none. */
    long lastNumber() {
        return lastNumber;
    }

    void apply(Segments segments) throws IOException {
        for (var segment : segments.existing()) {
            try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(segment.file()), 1 << 20))) {
                apply(segment, in);
            } catch (BufferUnderflowException | IllegalStateException | IndexOutOfBoundsException e) {
                throw new DamagedJournalException(segment.file(), "holds a frame that makes no sense", e);
            }
        }
    }

    private void apply(Segments.Segment segment, DataInputStream in) throws IOException {
        long first = Segments.firstFrame(ByteBuffer.wrap(in.readNBytes(Segments.HEADER_BYTES)));
        if (first < 0) {
            LOG.warn("journal file={} ends within its header, nothing in it was acknowledged", segment.file());
            return;
        }
        if (lastNumber > 0 && first > lastNumber + 1) {
            throw new DamagedJournalException(
                    segment.file(),
                    "begins with change " + first + " but the one before ends with " + lastNumber,
                    null);
        }
        boolean more;
        do {
            more = applyFrame(segment, in);
        } while (more);
    }

    private boolean applyFrame(Segments.Segment segment, DataInputStream in) throws IOException {
        var header = ByteBuffer.wrap(in.readNBytes(Frame.HEADER_BYTES));
        if (!header.hasRemaining()) {
            return false;
        }
        int length = header.remaining() == Frame.HEADER_BYTES ? header.getInt() : -1;
        byte[] payload = length > 0 && length <= Frame.MAX_PAYLOAD_BYTES ? in.readNBytes(length) : new byte[0];
        if (length <= 0 || payload.length < length || !isWhole(header, payload)) {
            LOG.info("journal file={} ends with a torn change after number={}", segment.file(), lastNumber);
            return false;
        }
        Frame.apply(ByteBuffer.wrap(payload), target);
        lastNumber = Math.max(lastNumber, header.getLong(8));
        return true;
    }

    private static boolean isWhole(ByteBuffer header, byte[] payload) {
        var checked = ByteBuffer.allocate(Long.BYTES + payload.length);
        checked.putLong(header.getLong(8)).put(payload);
        return Frame.checksum(checked.array(), 0, checked.capacity()) == header.getInt(4);
    }
}

package io.flamenco.mongo.storage;

/**
 * The owner thread's end of the journal: collects changes into numbered frames and hands them to the {@link JournalWriter}.
 */
final class Journal implements AutoCloseable {
    private static final int FRAME_TARGET_BYTES = 256 << 10;

    private final JournalWriter writer;
    private final Frame frame = new Frame();
    private long lastNumber;
    private long bytesSinceMark;

    /** @param lastNumber the number of the last frame that was replayed */
    Journal(JournalWriter writer, long lastNumber) {
        this.writer = writer;
        this.lastNumber = lastNumber;
    }

    void put(String map, byte[] key, byte[] value) {
        frame.put(map, key, value);
    }

    void remove(String map, byte[] key) {
        frame.remove(map, key);
    }

    void drop(String map) {
        frame.drop(map);
    }

    /** Tells that the changes so far belong together and are complete, so that a frame may end here. */
    void endUnit() {
        if (frame.size() > FRAME_TARGET_BYTES) {
            seal();
        }
    }

    /** Hands over everything noted so far. @return the number of the frame that must become durable for all of it to be */
    long handOver() {
        seal();
        return lastNumber;
    }

    /** Starts a new file: everything noted so far is in older ones. @return what to give to {@link #forgetBefore} */
    long mark() {
        seal();
        bytesSinceMark = 0;
        return writer.startSegment();
    }

    /** Deletes the files that were complete when this mark was made. */
    void forgetBefore(long mark) {
        writer.forgetBefore(mark);
    }

    /** How much was noted since the last mark. */
    long bytesSinceMark() {
        return bytesSinceMark + frame.size() - Frame.HEADER_BYTES;
    }

    /** Why nothing can be made durable at the moment, or an empty string. */
    String complaint() {
        return writer.complaint();
    }

    @Override
    public void close() {
        seal();
        writer.close();
    }

    private void seal() {
        if (!frame.isEmpty()) {
            lastNumber++;
            bytesSinceMark += frame.size();
            writer.append(frame.seal(lastNumber), lastNumber);
        }
    }
}

package io.flamenco.mongo.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that makes frames durable. It takes everything that arrived while it was busy, appends it, syncs once, and reports.
 * When the disk refuses, it reports that too and tries again every second, in a new file since nobody knows what became of the
 * old one's tail; frames may then stand in two files, which replay does not mind. An unexpected failure is treated likewise, and
 * an error of the Java machine ends the thread with a complaint that stays: no change is taken that nobody would write.
 */
final class JournalWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long MAX_WAITING_BYTES = 64L << 20;

    private final Segments segments;
    private final DurabilityListener listener;
    private final Thread thread;

    private final Object lock = new Object();
    private List<Work> waiting = new ArrayList<>();
    private long waitingBytes;
    private boolean closing;
    private long lastMark;
    private volatile String complaint = "";

    private final Map<Long, Long> segmentOfMark = new HashMap<>();
    private @Nullable FileChannel channel;
    private long segment;
    private long durableNumber;

    private sealed interface Work {
        @SuppressWarnings("ArrayRecordComponent") // never compared, and copying would cost
        record Frames(byte[] bytes, long lastNumber) implements Work {}

        record StartSegment(long mark) implements Work {}

        record ForgetBefore(long mark) implements Work {}
    }

    /**
     * Starts the thread.
     *
     * @param segment the number of the first file it makes
     * @param durableNumber the number of the last frame that needs no writing any more
     */
    JournalWriter(Segments segments, long segment, long durableNumber, DurabilityListener listener) {
        this.segments = segments;
        this.segment = segment - 1;
        this.durableNumber = durableNumber;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("database-journal").unstarted(this::run);
    }

    void start() throws IOException {
        openNextSegment();
        thread.start();
    }

    /** Takes one frame; waits while too many of them are on their way. */
    void append(byte[] frame, long number) {
        synchronized (lock) {
            while (waitingBytes > MAX_WAITING_BYTES && complaint.isEmpty() && !closing) {
                awaitChange(RETRY_AFTER);
            }
            waitingBytes += frame.length;
            add(new Work.Frames(frame, number));
        }
    }

    /** Starts a new file before anything that is appended from now on. @return the mark of its beginning */
    long startSegment() {
        synchronized (lock) {
            lastMark++;
            add(new Work.StartSegment(lastMark));
            return lastMark;
        }
    }

    /** Deletes the files before the one that this mark began. */
    void forgetBefore(long mark) {
        synchronized (lock) {
            add(new Work.ForgetBefore(mark));
        }
    }

    /** Why frames can't be made durable at the moment; empty when they can. */
    String complaint() {
        return complaint;
    }

    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Work work) {
        waiting.add(work);
        lock.notifyAll();
    }

    private void run() {
        try {
            writeUntilClosed();
        } catch (Error e) {
            end(e);
        } finally {
            closeChannel();
        }
    }

    private void writeUntilClosed() {
        List<Work> unfinished = new ArrayList<>();
        while (true) {
            var taken = take(!unfinished.isEmpty());
            if (taken.isEmpty() && closing) {
                break;
            }
            unfinished.addAll(taken);
            if (carryOut(unfinished)) {
                unfinished.clear();
            } else if (closing) {
                break;
            }
        }
    }

    private void end(Error e) {
        LOG.error("The database's journal in {} ended; nothing is changed any more: restart", segments.directory(), e);
        complaint = "the journal in " + segments.directory() + " ended after an error (" + e + "), restart to go on";
        listener.failed(Long.MAX_VALUE, complaint);
    }

    private List<Work> take(boolean retrying) {
        synchronized (lock) {
            if (retrying && !closing) {
                awaitChange(RETRY_AFTER);
            }
            while (waiting.isEmpty() && !retrying && !closing) {
                awaitChange(Duration.ZERO);
            }
            var taken = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
            lock.notifyAll();
            return taken;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the callers loop, or take whatever is there
    private void awaitChange(Duration atMost) {
        try {
            lock.wait(atMost.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    private boolean carryOut(List<Work> works) {
        long last = durableNumber;
        try {
            if (!complaint.isEmpty()) {
                openNextSegment();
            }
            for (var work : works) {
                last = Math.max(last, carryOut(work));
            }
            openChannel().force(false);
            durableNumber = last;
            recovered();
            listener.durable(last);
            return true;
        } catch (IOException | RuntimeException e) {
            complain(e);
            listener.failed(
                    works.stream().mapToLong(JournalWriter::numberOf).max().orElse(last), complaint);
            return false;
        }
    }

    private long carryOut(Work work) throws IOException {
        switch (work) {
            case Work.Frames frames -> Segments.write(openChannel(), ByteBuffer.wrap(frames.bytes()));
            case Work.StartSegment start -> {
                openChannel().force(false);
                openNextSegment();
                segmentOfMark.put(start.mark(), segment);
            }
            case Work.ForgetBefore forget -> {
                var first = segmentOfMark.remove(forget.mark());
                if (first != null) {
                    segments.deleteBefore(first);
                }
            }
        }
        return numberOf(work);
    }

    private static long numberOf(Work work) {
        return work instanceof Work.Frames frames ? frames.lastNumber() : 0;
    }

    private FileChannel openChannel() throws IOException {
        if (channel == null) {
            throw new IOException("the journal has no file");
        }
        return channel;
    }

    private void openNextSegment() throws IOException {
        closeChannel();
        segment++;
        channel = segments.create(segment, durableNumber + 1);
    }

    private void closeChannel() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("closing a journal file failed", e);
        }
        channel = null;
    }

    private void complain(Exception e) {
        if (complaint.isEmpty()) {
            LOG.error(
                    "The database can't write its journal in {} and refuses changes until it can; see to free space and"
                            + " permissions there",
                    segments.directory(),
                    e);
        }
        complaint = "the database can't write its journal in " + segments.directory() + " (" + reason(e) + ")";
    }

    /** A file system names what it refuses; any other failure is nothing without its kind. */
    private static String reason(Exception e) {
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    private void recovered() {
        if (!complaint.isEmpty()) {
            complaint = "";
            LOG.info("the database writes its journal in {} again", segments.directory());
        }
    }
}

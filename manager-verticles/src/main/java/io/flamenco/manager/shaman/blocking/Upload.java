package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.FileKey;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives one file: to a temporary file, hashed on the way, forced to the disk, and renamed when all of it is right. */
final class Upload {

    private static final Logger LOG = LoggerFactory.getLogger(Upload.class);
    private static final int BUFFER = 128 * 1024;
    private static final long LOOK_AT_DISK_EACH = 64L << 20;

    private final FileStore store;
    private final LiveUploads live;
    private final DiskSpace disk;
    private final FileKey key;
    private final BodyStream body;
    private final boolean gzip;

    /**
     * @param gzip whether the body is compressed; checksum and size are those of what comes out
     */
    Upload(FileStore store, LiveUploads live, DiskSpace disk, FileKey key, BodyStream body, boolean gzip) {
        this.store = store;
        this.live = live;
        this.disk = disk;
        this.key = key;
        this.body = body;
        this.gzip = gzip;
    }

    /** Receives it. */
    UploadOutcome receive() {
        Runnable onOvertaken = () -> body.breakOff(new Overtaken());
        live.begun(key, onOvertaken);
        try {
            UploadOutcome outcome = receiveToTemporaryFile();
            if (outcome == UploadOutcome.STORED) {
                live.stored(key, onOvertaken);
            }
            return outcome;
        } catch (Overtaken stored) {
            return UploadOutcome.OVERTAKEN;
        } catch (BodyStream.SenderGone gone) {
            return UploadOutcome.SENDER_GONE;
        } catch (EOFException | ZipException broken) {
            return UploadOutcome.BROKEN_BODY;
        } catch (IOException e) {
            return failed(e);
        } finally {
            live.ended(key, onOvertaken);
        }
    }

    private UploadOutcome failed(IOException failure) {
        if (DiskSpace.isFull(failure)) {
            LOG.error("The disk of the file store is full. checksum={} size={}", key.checksum(), key.size());
            return UploadOutcome.DISK_FULL;
        }
        LOG.error("A file could not be stored. checksum={} size={}", key.checksum(), key.size(), failure);
        return UploadOutcome.FAILED;
    }

    /** Somebody else's upload of the same file was stored first. */
    private static final class Overtaken extends IOException {

        private static final long serialVersionUID = 1;
    }

    private UploadOutcome receiveToTemporaryFile() throws IOException {
        if (!disk.hasRoomFor(key.size())) {
            return UploadOutcome.DISK_FULL;
        }
        try (TemporaryFile file = store.begin(key)) {
            try {
                return receive(file);
            } finally {
                store.forget(file.path());
            }
        }
    }

    private UploadOutcome receive(TemporaryFile file) throws IOException {
        MessageDigest digest = sha256();
        long received = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = gzip ? new GZIPInputStream(body, BUFFER) : body) {
            int count;
            while ((count = content.readNBytes(buffer, 0, BUFFER)) > 0) {
                if (received / LOOK_AT_DISK_EACH != (received + count) / LOOK_AT_DISK_EACH && !disk.hasRoomFor(0)) {
                    return UploadOutcome.DISK_FULL;
                }
                received += count;
                if (received > key.size()) {
                    return UploadOutcome.WRONG_SIZE;
                }
                digest.update(buffer, 0, count);
                file.write(buffer, count);
            }
        }
        return received == key.size() ? verifyAndStore(file, digest) : UploadOutcome.WRONG_SIZE;
    }

    private UploadOutcome verifyAndStore(TemporaryFile file, MessageDigest digest) throws IOException {
        if (!HexFormat.of().formatHex(digest.digest()).equals(key.checksum())) {
            return UploadOutcome.WRONG_CHECKSUM;
        }
        if (store.has(key)) {
            return UploadOutcome.OVERTAKEN;
        }
        file.force();
        store.store(key, file.path());
        return UploadOutcome.STORED;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

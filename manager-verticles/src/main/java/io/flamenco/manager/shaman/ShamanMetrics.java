package io.flamenco.manager.shaman;

import io.flamenco.manager.shaman.blocking.GarbageCollector.Report;
import io.flamenco.manager.shaman.blocking.LiveUploads;
import io.flamenco.manager.shaman.blocking.UploadOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Numbers of the file store. For any thread. */
public final class ShamanMetrics {

    private static final String PREFIX = "flamenco.manager.shaman.";

    private final MeterRegistry registry;
    private final Counter bytes;
    private final Counter deletedFiles;
    private final Counter freedBytes;
    private final Counter checkouts;

    public ShamanMetrics(MeterRegistry registry, LiveUploads live) {
        this.registry = registry;
        this.bytes = counter("stored.bytes", "Bytes of files that were stored");
        this.deletedFiles = counter("deleted.files", "Forgotten files that were removed");
        this.freedBytes = counter("freed.bytes", "Bytes of forgotten files that were removed");
        this.checkouts = counter("checkouts", "Checkouts that were made");
        Gauge.builder(PREFIX + "uploads.live", live, LiveUploads::count)
                .description("Files that are being received")
                .register(registry);
    }

    /** An upload ended. */
    public void uploaded(UploadOutcome outcome, long size) {
        Counter.builder(PREFIX + "uploads")
                .description("Uploads by how they ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        if (outcome == UploadOutcome.STORED) {
            bytes.increment((double) size);
        }
    }

    /** A checkout was made. */
    public void checkedOut() {
        checkouts.increment();
    }

    void collected(Report report) {
        deletedFiles.increment(report.deleted());
        freedBytes.increment((double) report.freed());
    }

    private Counter counter(String name, String description) {
        return Counter.builder(PREFIX + name).description(description).register(registry);
    }
}

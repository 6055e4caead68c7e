package io.flamenco.mongo.storage;

/** How much of the heap the database may take for itself. */
final class HeapShare {
    private static final long MEGABYTE = 1 << 20;

    private HeapShare() {}

    /** For pages that are also in the file. */
    static int cacheMegabytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 8 / MEGABYTE, 16, 256);
    }

    /** For pages that are not yet in the file; twice this while they are being written. */
    static long unsavedBytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 16, 16 * MEGABYTE, 96 * MEGABYTE);
    }
}

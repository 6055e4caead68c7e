package io.flamenco.mongo.storage;

/** How much of the heap the database may take for itself. */
final class HeapShare {
    private static final long MEGABYTE = 1 << 20;

    private HeapShare() {}

    /** For pages that are also in the file. */
    static int cacheMegabytes() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 8 / MEGABYTE, 16, 256);
    }
}

package io.flamenco.manager.shaman.blocking;

/** What became of an upload. */
public enum UploadOutcome {
    /** It is stored. */
    STORED,
    /** It had been stored before; nothing was read. */
    ALREADY_STORED,
    /** Somebody else is sending it and the sender agreed to wait; nothing was read. */
    DEFERRED,
    /** Somebody else's upload of the same file was stored meanwhile. */
    OVERTAKEN,
    /** It is shorter or longer than announced. */
    WRONG_SIZE,
    /** Its SHA-256 is another one than announced. */
    WRONG_CHECKSUM,
    /** The compressed body ended too early or is no gzip. */
    BROKEN_BODY,
    /** The sender went away; nobody is left to be answered. */
    SENDER_GONE,
    /** There is no room left. */
    DISK_FULL,
    /** The file system failed in another way; the log tells more. */
    FAILED
}

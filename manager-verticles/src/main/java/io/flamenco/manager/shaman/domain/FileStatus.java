package io.flamenco.manager.shaman.domain;

/** What the store knows of a file. */
public enum FileStatus {
    /** Nothing. */
    UNKNOWN,
    /** Somebody is sending it. */
    UPLOADING,
    /** It is there, whole and verified. */
    STORED
}

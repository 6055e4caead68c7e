package io.flamenco.mongo.storage;

import org.jspecify.annotations.Nullable;

/** The files of a database can't be used. The message says which, why, and what to do. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

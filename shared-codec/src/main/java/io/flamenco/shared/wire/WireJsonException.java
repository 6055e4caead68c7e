package io.flamenco.shared.wire;

import org.jspecify.annotations.Nullable;

/** A body that is not the JSON document that was asked for; the message says what is wrong with it. */
public final class WireJsonException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WireJsonException(String message) {
        this(message, null);
    }

    public WireJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

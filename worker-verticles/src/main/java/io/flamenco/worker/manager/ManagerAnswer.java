package io.flamenco.worker.manager;

import io.vertx.core.buffer.Buffer;

/**
 * What the Manager answered.
 *
 * @param status the HTTP status
 * @param body may be empty
 * @param waited whether it says that it knows how to wait before it answers
 */
public record ManagerAnswer(int status, Buffer body, boolean waited) {

    private static final int MOST_SHOWN = 300;

    /** Whether the request was granted. */
    public boolean granted() {
        return status < 400;
    }

    /** The start of the body, for the log. */
    public String text() {
        String text = body.toString().strip();
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}

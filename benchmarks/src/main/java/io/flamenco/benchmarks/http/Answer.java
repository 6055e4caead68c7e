package io.flamenco.benchmarks.http;

/**
 * What a Manager answered.
 *
 * @param status the HTTP status
 * @param body the body as text; empty when there is none
 */
public record Answer(int status, String body) {

    private static final int SHOWN = 200;

    /** Status and the beginning of the body, for people. */
    @Override
    public String toString() {
        String text = body.strip();
        return status + " " + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
    }
}

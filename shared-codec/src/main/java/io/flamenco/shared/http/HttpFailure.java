package io.flamenco.shared.http;

/**
 * A request that cannot be granted: a status code and a sentence that says what happened, to which thing, and what to
 * do about it. It carries no stack trace, since it is an answer rather than a fault.
 */
public final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param status 400 to 599
     * @param sentence shown to people
     */
    public HttpFailure(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    /** 412, for who wants to change a thing only as they saw it. */
    public static HttpFailure changedMeanwhile() {
        return new HttpFailure(412, "It was changed since you read it; read it again and decide anew.");
    }

    /** The HTTP status code, 400 to 599. */
    public int status() {
        return status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

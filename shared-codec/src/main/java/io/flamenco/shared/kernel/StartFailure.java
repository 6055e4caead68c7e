package io.flamenco.shared.kernel;

import java.net.BindException;

/** A role that could not start; the message is one sentence for the person who started it. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param sentence what could not be done, with which thing, and what to do about it
     */
    public StartFailure(String sentence) {
        super(sentence);
    }

    StartFailure(String verticle, Throwable cause) {
        super("the verticle \"" + verticle + "\" could not start: " + reason(cause), cause);
    }

    static StartFailure of(String role, Throwable failure) {
        return failure instanceof StartFailure known
                ? known
                : new StartFailure("The " + role + " could not start: " + reason(failure));
    }

    /** A sentence for a port that cannot be listened on. */
    public static StartFailure ofListening(String role, String host, int port, Throwable cause) {
        String why = cause instanceof BindException
                ? "another program already listens there; stop it, or choose another port"
                : reason(cause);
        return new StartFailure("The " + role + " cannot listen on " + host + ":" + port + ": " + why + ".");
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}

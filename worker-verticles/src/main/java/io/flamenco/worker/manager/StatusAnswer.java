package io.flamenco.worker.manager;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Reads the status that a Manager wants of its Worker. */
public final class StatusAnswer {

    private StatusAnswer() {}

    /** The requested status; empty when the answer has none, or is no JSON. */
    public static Optional<String> requested(ManagerAnswer answer) {
        try {
            Object status = new JsonObject(answer.body()).getValue("status_requested");
            return status instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}

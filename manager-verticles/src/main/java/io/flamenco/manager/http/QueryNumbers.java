package io.flamenco.manager.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Whole numbers in the query of a request. */
record QueryNumbers(RoutingContext context) {

    /**
     * The number of that name; {@code absent} when there is none.
     *
     * @throws HttpFailure of status 400 when it is no number within the bounds
     */
    long number(String name, long absent, long least, long most) {
        List<String> values = context.queryParam(name);
        if (values.isEmpty() || values.getFirst().isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(values.getFirst());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // refused below, as a number out of bounds
        }
        throw new HttpFailure(400, "\"" + name + "\" must be a whole number from " + least + " to " + most + ".");
    }
}

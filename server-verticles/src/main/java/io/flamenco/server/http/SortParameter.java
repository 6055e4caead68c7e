package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The order that a list is asked for, such as {@code name} or, the other way round, {@code -name}.
 *
 * @param text as it was given
 */
record SortParameter<E extends Enum<E>>(E by, boolean descending, String text) {

    static <E extends Enum<E>> SortParameter<E> read(RoutingContext context, E[] known, String usual) {
        String text = Requests.query(context, "sort").orElse(usual);
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return Arrays.stream(known)
                .filter(one -> name(one).equals(name))
                .findFirst()
                .map(one -> new SortParameter<>(one, descending, text))
                .orElseThrow(() -> new HttpFailure(
                        400,
                        "Lists cannot be sorted by \"" + Requests.shortened(name) + "\"; known are "
                                + Arrays.stream(known).map(SortParameter::name).collect(Collectors.joining(", "))
                                + ", each with a - before it for the other direction."));
    }

    private static String name(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}

package io.flamenco.worker.discovery;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what somebody answers to a search. */
final class SearchAnswer {

    private static final int LONGEST = 2_048;

    private SearchAnswer() {}

    /** Where the Manager is that answers; empty when the answer is not one of a Manager. */
    static Optional<URI> location(String datagram) {
        if (datagram.length() > LONGEST || !datagram.startsWith("HTTP/1.") || !datagram.contains(" 200 ")) {
            return Optional.empty();
        }
        Map<String, String> headers = headers(datagram);
        boolean manager = headers.getOrDefault("st", "").startsWith("urn:flamenco:manager:");
        return manager ? url(headers.getOrDefault("location", "")) : Optional.empty();
    }

    private static Map<String, String> headers(String datagram) {
        Map<String, String> headers = new HashMap<>();
        datagram.lines().skip(1).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        });
        return headers;
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

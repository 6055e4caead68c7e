package io.flamenco.manager.config;

import java.util.Optional;

/**
 * Where to listen.
 *
 * @param host a name or address of this machine; {@code 0.0.0.0} for all
 * @param port 0 to 65535; 0 for any free one
 */
public record ListenAddress(String host, int port) {

    /** All addresses of this machine. */
    private static final String EVERYWHERE = "0.0.0.0";

    /** Parses {@code :8080}, {@code host:8080} or {@code [::1]:8080}; empty when the text is none of them. */
    public static Optional<ListenAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon).replaceAll("^\\[|]$", "");
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port < 0 || port > 65_535
                    ? Optional.empty()
                    : Optional.of(new ListenAddress(host.isEmpty() ? EVERYWHERE : host, port));
        } catch (NumberFormatException noPort) {
            return Optional.empty();
        }
    }
}

package io.flamenco.shared.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a role waits for calls.
 *
 * @param host a name or an address; {@code 0.0.0.0} for all
 * @param port 0 to 65535; 0 takes any free one
 */
public record ListenAddress(String host, int port) {

    private static final String EVERYWHERE = "0.0.0.0";
    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\]\\s]*)):(\\d{1,5})");

    /** Reads {@code host:port}, {@code :port} or {@code [IPv6 address]:port}; empty when the text is none of these. */
    public static Optional<ListenAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > HIGHEST_PORT) {
            return Optional.empty();
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(new ListenAddress(host.isEmpty() ? EVERYWHERE : host, Integer.parseInt(matcher.group(3))));
    }
}

package io.flamenco.worker.domain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxy through which the Manager is reached, as the usual environment variables tell: {@code http_proxy} or {@code
 * https_proxy} by the scheme of the Manager's URL, else {@code all_proxy}; {@code no_proxy} names hosts that are reached
 * directly. Names in lower case win over those in upper case. This machine itself is always reached directly.
 *
 * @param host where it is
 * @param port where it listens
 * @param socks whether it speaks SOCKS 5 instead of HTTP
 * @param login what it wants to know of us, as {@code user:password}; empty when nothing
 */
public record HttpProxy(String host, int port, boolean socks, Optional<String> login) {

    private static final int HTTP_PORT = 3128;
    private static final int SOCKS_PORT = 1080;

    /**
     * The proxy on the way to a Manager; empty when there is none.
     *
     * @throws IllegalArgumentException when a variable names something that is no proxy; the message names the variable
     */
    public static Optional<HttpProxy> to(URI manager, Map<String, String> environment) {
        if (direct(manager, environment)) {
            return Optional.empty();
        }
        return Stream.of(manager.getScheme() + "_proxy", "all_proxy")
                .filter(name -> !value(name, environment).isEmpty())
                .findFirst()
                .map(name -> parse(name, value(name, environment)));
    }

    private static String value(String name, Map<String, String> environment) {
        String upper = environment.getOrDefault(name.toUpperCase(Locale.ROOT), "");
        return environment.getOrDefault(name, upper).strip();
    }

    private static HttpProxy parse(String variable, String value) {
        try {
            URI proxy = new URI(value.contains("://") ? value : "http://" + value);
            boolean socks = String.valueOf(proxy.getScheme()).startsWith("socks");
            if (proxy.getHost() == null || (!socks && !proxy.getScheme().startsWith("http"))) {
                throw noProxy(variable);
            }
            int usualPort = socks ? SOCKS_PORT : HTTP_PORT;
            int port = proxy.getPort() < 0 ? usualPort : proxy.getPort();
            return new HttpProxy(proxy.getHost(), port, socks, Optional.ofNullable(proxy.getUserInfo()));
        } catch (URISyntaxException e) {
            throw noProxy(variable);
        }
    }

    /** The value is not shown: it may hold a password. */
    private static IllegalArgumentException noProxy(String variable) {
        return new IllegalArgumentException("The environment variable " + variable
                + " names no proxy such as http://proxy.studio:3128/. Correct it, or unset it to do without a proxy.");
    }

    private static boolean direct(URI manager, Map<String, String> environment) {
        String host = String.valueOf(manager.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127(\\.\\d{1,3}){3}")
                || Stream.of(value("no_proxy", environment)
                                .toLowerCase(Locale.ROOT)
                                .split(",", -1))
                        .map(String::strip)
                        .filter(entry -> !entry.isEmpty())
                        .anyMatch(entry -> exempts(entry, host, manager.getPort()));
    }

    /** An entry names a host or a domain with all that is in it, possibly with a port; or a range of IPv4 addresses. */
    private static boolean exempts(String entry, String host, int port) {
        if (entry.equals("*")
                || AddressRange.parse(entry)
                        .filter(range -> range.contains(host))
                        .isPresent()) {
            return true;
        }
        int colon = entry.matches(".*[^:\\]]:\\d+") ? entry.lastIndexOf(':') : entry.length();
        String name = entry.substring(0, colon).replaceFirst("^\\*?\\.", "");
        boolean samePort = colon == entry.length() || Integer.toString(port).equals(entry.substring(colon + 1));
        return samePort && (host.equals(name) || host.endsWith("." + name));
    }

    /** A range of IPv4 addresses, as {@code 10.0.0.0/8}. */
    private record AddressRange(long first, int bits) {

        private static final int ALL = 32;

        static Optional<AddressRange> parse(String text) {
            String[] parts = text.split("/", -1);
            if (parts.length != 2 || !parts[1].matches("\\d|[12]\\d|3[0-2]")) {
                return Optional.empty();
            }
            return address(parts[0]).map(first -> new AddressRange(first, Integer.parseInt(parts[1])));
        }

        boolean contains(String host) {
            return address(host)
                    .filter(address -> address >>> (ALL - bits) == first >>> (ALL - bits))
                    .isPresent();
        }

        private static Optional<Long> address(String text) {
            if (!text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
                return Optional.empty();
            }
            long address = 0;
            for (String part : text.split("\\.", -1)) {
                address = address << 8 | Integer.parseInt(part);
            }
            return Optional.of(address);
        }
    }
}

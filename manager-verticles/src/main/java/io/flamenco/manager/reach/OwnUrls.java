package io.flamenco.manager.reach;

import io.flamenco.shared.http.ListenAddress;
import io.flamenco.shared.https.Listening;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Comparator;
import java.util.List;

/** The URLs that a Manager may tell others, best first. */
public final class OwnUrls {

    private OwnUrls() {}

    /**
     * The configured URL when there is one, else all {@link #candidates}; at least one.
     *
     * @param port on which the Manager listens
     * @param addresses of this machine's network interfaces
     */
    public static List<URI> of(Listening listening, int port, List<InetAddress> addresses) {
        return listening
                .ownUrl()
                .map(List::of)
                .orElseGet(() -> candidates(listening.scheme(), listening.address(), port, addresses));
    }

    /**
     * One URL for the host to listen on, or for each usable address of the machine when it listens on all. An address that
     * only the same cable reaches counts when there is no other one, and this machine's own name when there is none at all.
     *
     * @param scheme {@code http} or {@code https}
     */
    public static List<URI> candidates(String scheme, ListenAddress listen, int port, List<InetAddress> addresses) {
        if (!Listening.isEverywhere(listen.host())) {
            return List.of(url(scheme, bracketed(listen.host()), port));
        }
        List<InetAddress> usable = addresses.stream()
                .filter(address ->
                        !address.isMulticastAddress() && !address.isAnyLocalAddress() && !address.isLoopbackAddress())
                .sorted(Comparator.comparing(Inet6Address.class::isInstance))
                .toList();
        List<InetAddress> routable =
                usable.stream().filter(address -> !address.isLinkLocalAddress()).toList();
        List<URI> urls = (routable.isEmpty() ? usable : routable)
                .stream()
                        .map(address -> url(scheme, bracketed(literal(address)), port))
                        .distinct()
                        .toList();
        return urls.isEmpty() ? List.of(url(scheme, "localhost", port)) : urls;
    }

    private static URI url(String scheme, String host, int port) {
        return URI.create(scheme + "://" + host + ":" + port + "/");
    }

    /** Without the zone, which means nothing on another machine. */
    private static String literal(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}

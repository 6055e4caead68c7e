package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.Listening;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** By which names and addresses a role on this machine may be called. */
final class MachineNames {

    private MachineNames() {}

    /**
     * All of them, the most telling first; each address in the form in which a certificate has it.
     *
     * @param more those that people named
     */
    static List<String> of(Listening listening, List<String> more) {
        Stream<String> told = Stream.of(
                        more.stream(),
                        listening.ownUrl().map(URI::getHost).stream(),
                        Stream.of(listening.address().host()).filter(host -> !Listening.isEverywhere(host)),
                        BlockingHostName.find().stream(),
                        Stream.of("localhost", "127.0.0.1", "::1"))
                .flatMap(names -> names);
        Stream<String> addresses = BlockingAddresses.all().stream()
                .filter(address -> !address.isLinkLocalAddress())
                .map(MachineNames::literal);
        return Stream.concat(told, addresses)
                .map(MachineNames::canonical)
                .distinct()
                .toList();
    }

    private static String literal(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    /** Java writes an IPv6 address out in full when it reads a certificate. */
    private static String canonical(String name) {
        String bare = name.replaceAll("^\\[|]$", "").toLowerCase(Locale.ROOT);
        if (!bare.contains(":")) {
            return bare;
        }
        try {
            return literal(InetAddress.getByName(bare));
        } catch (UnknownHostException noAddress) {
            return bare;
        }
    }
}

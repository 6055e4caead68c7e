package io.flamenco.shared.https.blocking;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of this machine's network interfaces. May block for a moment. */
public final class BlockingAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(BlockingAddresses.class);

    private BlockingAddresses() {}

    /** The addresses of all interfaces that are up; none when the system does not tell. */
    public static List<InetAddress> all() {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (card.isUp()) {
                    addresses.addAll(Collections.list(card.getInetAddresses()));
                }
            }
        } catch (SocketException e) {
            LOG.warn("The addresses of this machine cannot be listed; set own_url. reason={}", e.getMessage());
        }
        return addresses;
    }
}

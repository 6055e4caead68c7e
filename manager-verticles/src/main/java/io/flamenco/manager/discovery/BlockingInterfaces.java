package io.flamenco.manager.discovery;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The network interfaces of this machine. May block for a moment. */
final class BlockingInterfaces {

    private BlockingInterfaces() {}

    /** The names of those on which others can be reached by multicast. */
    static List<String> forMulticast() throws SocketException {
        return usable().map(NetworkInterface::getName).toList();
    }

    /** An address under which others on the local network can reach this machine; empty when there is none. */
    static Optional<String> ownAddress() throws SocketException {
        return usable().filter(card -> !isLoopback(card))
                .flatMap(card -> Collections.list(card.getInetAddresses()).stream())
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .findFirst();
    }

    private static java.util.stream.Stream<NetworkInterface> usable() throws SocketException {
        return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                .filter(BlockingInterfaces::isUsable);
    }

    private static boolean isUsable(NetworkInterface card) {
        try {
            return card.isUp()
                    && card.supportsMulticast()
                    && card.getInetAddresses().hasMoreElements();
        } catch (SocketException gone) {
            return false;
        }
    }

    private static boolean isLoopback(NetworkInterface card) {
        try {
            return card.isLoopback();
        } catch (SocketException gone) {
            return true;
        }
    }
}

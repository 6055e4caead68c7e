package io.flamenco.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports on the loopback interface. */
final class Ports {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private Ports() {}

    /** One that nobody uses now. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    /** One that somebody uses until the socket is closed. */
    static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, LOOPBACK);
    }
}

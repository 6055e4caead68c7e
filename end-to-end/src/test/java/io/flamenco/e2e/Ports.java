package io.flamenco.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports on the loopback interface. */
final class Ports {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** Below those that systems give to connections, so that none takes a port between its choice and its use. */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 100;

    /** Test JVMs that run beside each other choose from ranges of their own. */
    private static final int RANGES = 11;

    private static final int RANGE = (HIGHEST - LOWEST) / RANGES;
    private static final int MINE = LOWEST + RANGE * (Integer.getInteger("flamenco.test.fork", 0) % RANGES);

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(RANGE));

    private Ports() {}

    /** One that nobody uses now, and that was not given to anybody before. */
    static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = MINE + NEXT.getAndIncrement() % RANGE;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IOException("None of %d ports from %d on is free".formatted(TRIES, MINE));
    }

    /** One that somebody uses until the socket is closed. */
    static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, LOOPBACK);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}

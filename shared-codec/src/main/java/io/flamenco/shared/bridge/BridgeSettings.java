package io.flamenco.shared.bridge;

import io.flamenco.shared.config.Settings;

/**
 * How the bus can be used from outside.
 *
 * @param tcpHost where the TCP bridge listens; a loopback address unless the settings say otherwise
 * @param tcpPort 1 to 65535; 0 for no TCP bridge
 * @param connectionsPerPerson over SockJS and TCP together
 * @param connectionsPerAddress the same, whoever they are
 */
public record BridgeSettings(String tcpHost, int tcpPort, int connectionsPerPerson, int connectionsPerAddress) {

    /** What holds when nothing is set. */
    public static final BridgeSettings USUAL = new BridgeSettings("127.0.0.1", 0, 200, 1_000);

    private static final int MOST = 10_000;

    /** Reads the section {@code event_bus}. */
    public static BridgeSettings read(Settings settings) {
        Settings group = settings.section("event_bus");
        BridgeSettings read = new BridgeSettings(
                group.text("tcp_host", USUAL.tcpHost),
                group.integer("tcp_port", USUAL.tcpPort, 0, 65_535),
                group.integer("connections_per_person", USUAL.connectionsPerPerson, 1, MOST),
                group.integer("connections_per_address", USUAL.connectionsPerAddress, 1, MOST));
        group.reportUnknownKeys();
        return read;
    }

    /** Whether there is a TCP bridge. */
    public boolean tcp() {
        return tcpPort > 0;
    }
}

package io.flamenco.manager.http;

import java.net.URI;

/**
 * Who this Manager is.
 *
 * @param name title of the dashboard
 * @param mode {@code production} or {@code develop}
 * @param version of the program
 * @param server the Server that it works for
 */
public record ManagerIdentity(String name, String mode, String version, URI server) {

    /** The Server's host, with its port when that is not the usual one. */
    String serverName() {
        return server.getAuthority();
    }

    /** Where people look at the Server's jobs. */
    String serverPages() {
        return server.resolve("/flamenco/").toString();
    }
}

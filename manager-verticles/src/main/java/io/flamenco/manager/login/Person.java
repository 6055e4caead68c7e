package io.flamenco.manager.login;

import io.flamenco.shared.people.FarmRole;

/**
 * Somebody who uses the Manager.
 *
 * @param id of the user at the Server, or what stands for one here
 * @param name for people
 */
public record Person(String id, String name, FarmRole role) {

    /** Who shows the Manager's API token. */
    public static final Person API_TOKEN = new Person("api-token", "API token", FarmRole.ADMIN);

    /** Who came by the log-in link that was printed at start. */
    public static final Person OWNER = new Person("owner", "Owner of this machine", FarmRole.ADMIN);

    /** Everybody, when security is switched off. */
    public static final Person ANYBODY = new Person("anybody", "Anybody", FarmRole.ADMIN);
}

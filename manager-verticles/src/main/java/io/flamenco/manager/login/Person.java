package io.flamenco.manager.login;

/**
 * Somebody who uses the Manager.
 *
 * @param id of the user at the Server, or what stands for one here
 * @param name for people
 */
public record Person(String id, String name, PersonRole role) {

    /** Who shows the Manager's API token. */
    public static final Person API_TOKEN = new Person("api-token", "API token", PersonRole.ADMIN);

    /** Who came by the log-in link that was printed at start. */
    public static final Person OWNER = new Person("owner", "Owner of this machine", PersonRole.ADMIN);

    /** Everybody, when security is switched off. */
    public static final Person ANYBODY = new Person("anybody", "Anybody", PersonRole.ADMIN);
}

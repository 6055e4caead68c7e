package io.flamenco.worker.manager;

/**
 * Who a Worker is to its Manager.
 *
 * @param id given by the Manager
 * @param secret made by the Worker
 */
public record Credentials(String id, String secret) {

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "Credentials[id=" + id + "]";
    }
}

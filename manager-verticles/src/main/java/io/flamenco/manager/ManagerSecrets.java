package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Manager's own secrets, made at first start and kept in its data directory.
 *
 * @param workerRegistration what new Workers prove to know; empty when anybody may register
 * @param apiToken the bearer token of calls that change something
 */
record ManagerSecrets(String workerRegistration, String apiToken) {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerSecrets.class);

    /** Makes the data directory and reads or makes the secrets; blocks. */
    static ManagerSecrets prepare(ManagerConfig config) {
        try {
            SecretFiles.createDirectories(config.dataDirectory());
            return new ManagerSecrets(
                    registration(config),
                    SecretFiles.readOrCreate(config.dataDirectory().resolve("api-token")));
        } catch (IOException e) {
            throw new StartFailure("The Manager cannot use its data directory " + config.dataDirectory() + ": "
                    + e.getMessage() + "; make it writable, or choose another one with --data.");
        }
    }

    private static String registration(ManagerConfig config) throws IOException {
        if (config.workerRegistrationSecret().isEmpty()) {
            return SecretFiles.readOrCreate(config.dataDirectory().resolve("worker-registration-secret"));
        }
        String configured = config.workerRegistrationSecret().get();
        if (configured.isEmpty()) {
            LOG.warn("Anybody can register a Worker: worker_registration_secret is empty; set it, or leave it out.");
        }
        return configured;
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "ManagerSecrets[open=" + workerRegistration.isEmpty() + "]";
    }
}

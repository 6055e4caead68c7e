package io.flamenco.cli.farm;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.secret.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the roles of a farm know of each other.
 *
 * @param managerId of the Manager on the Server
 * @param managerSecret with which the Manager proves to the Server who it is
 * @param workerSecret with which a Worker proves that it may register
 */
record Link(ManagerId managerId, String managerSecret, String workerSecret) {

    /**
     * The link that is kept in the directory, made at the first call.
     *
     * @throws IOException when a file can be neither read nor written
     */
    static Link in(Path directory) throws IOException {
        return new Link(
                managerId(directory.resolve("manager-id")),
                SecretFiles.readOrCreate(directory.resolve("manager-secret")),
                SecretFiles.readOrCreate(directory.resolve("worker-registration-secret")));
    }

    private static ManagerId managerId(Path file) throws IOException {
        if (!Files.exists(file)) {
            SecretFiles.write(file, ManagerId.next() + "\n");
        }
        String id = Files.readString(file).strip();
        if (!ObjectIds.isValid(id)) {
            throw new IOException("The file " + file + " should hold the id of the Manager, 24 hexadecimal digits;"
                    + " delete the directory " + file.getParent() + " to have the farm linked anew.");
        }
        return new ManagerId(id);
    }

    /** Never shows the secrets. */
    @Override
    public String toString() {
        return "Link[managerId=" + managerId + "]";
    }
}

package io.flamenco.manager.testjobs;

import io.flamenco.manager.testjobs.TestJobs.Preparation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts the files of a test job on disk. Blocks; call it off the event loops. */
public final class BlockingTestFiles {

    private static final String SCENE = "test.blend";

    /**
     * Makes the directories and copies the scene that comes with the Manager.
     *
     * @throws IOException with a sentence that names the directory
     */
    public void prepare(Preparation preparation) throws IOException {
        try (InputStream scene = BlockingTestFiles.class.getResourceAsStream(SCENE)) {
            if (scene == null) {
                throw new IOException("the scene of test jobs is missing in this installation");
            }
            Path directory = preparation.scene().toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.createDirectories(preparation.output());
            Files.copy(scene, preparation.scene(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "the files of the test job cannot be put to " + preparation.scene() + " and "
                            + preparation.output() + " (" + e.getMessage()
                            + "): make these places writable, or set test_tasks to others",
                    e);
        }
    }
}

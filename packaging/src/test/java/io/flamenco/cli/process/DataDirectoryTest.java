package io.flamenco.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @Test
    void a_new_directory_belongs_to_its_owner_only(@TempDir Path directory) throws Exception {
        Path taken = DataDirectory.take(directory.resolve("farm").resolve("manager"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taken)))
                .isEqualTo("rwx------");
    }

    @Test
    void two_cannot_have_the_same_directory(@TempDir Path directory) {
        DataDirectory.take(directory);

        assertThatThrownBy(() -> DataDirectory.take(directory))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("in use by another process")
                .hasMessageContaining("--data");
    }

    @Test
    void a_file_in_its_place_is_named(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("data"), "");

        assertThatThrownBy(() -> DataDirectory.take(file.resolve("manager")))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void it_is_held_even_after_the_garbage_was_collected(@TempDir Path directory) {
        DataDirectory.take(directory);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }

        assertThatThrownBy(() -> DataDirectory.take(directory)).hasMessageContaining("in use by another process");
    }
}

package io.flamenco.shared.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFilesTest {

    @TempDir
    private Path directory;

    @Test
    void a_secret_is_made_once_and_only_its_owner_may_read_it() throws IOException {
        Path file = directory.resolve("manager").resolve("token");

        String made = SecretFiles.readOrCreate(file);

        assertThat(made).matches("[A-Za-z0-9]{64}");
        assertThat(SecretFiles.readOrCreate(file)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("manager"))))
                .isEqualTo("rwx------");
    }

    @Test
    void an_empty_secret_file_is_refused_with_the_remedy() throws IOException {
        Path file = Files.createFile(directory.resolve("token"));

        assertThatThrownBy(() -> SecretFiles.readOrCreate(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("delete it");
    }

    @Test
    void replacing_leaves_nothing_behind() throws IOException {
        Path file = directory.resolve("token");
        SecretFiles.write(file, "one");
        SecretFiles.write(file, "two");

        assertThat(Files.readString(file)).isEqualTo("two");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }
}

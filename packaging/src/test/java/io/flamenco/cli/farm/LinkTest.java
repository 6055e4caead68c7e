package io.flamenco.cli.farm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTest {

    @Test
    void a_link_once_made_stays_the_same(@TempDir Path directory) throws Exception {
        Link first = Link.in(directory);

        assertThat(Link.in(directory)).isEqualTo(first);
        assertThat(first.managerSecret()).isNotEqualTo(first.workerSecret());
    }

    @Test
    void every_farm_has_secrets_of_its_own(@TempDir Path directory) throws Exception {
        Link one = Link.in(directory.resolve("one"));
        Link other = Link.in(directory.resolve("other"));

        assertThat(one.managerId()).isNotEqualTo(other.managerId());
        assertThat(one.managerSecret()).isNotEqualTo(other.managerSecret());
        assertThat(one.workerSecret()).isNotEqualTo(other.workerSecret());
    }

    @Test
    void only_the_owner_can_read_it(@TempDir Path directory) throws Exception {
        Link.in(directory.resolve("link"));

        try (var files = Files.list(directory.resolve("link"))) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_spoilt_id_is_named_with_the_remedy(@TempDir Path directory) throws Exception {
        Link.in(directory);
        Files.writeString(directory.resolve("manager-id"), "spoilt");

        assertThatThrownBy(() -> Link.in(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manager-id")
                .hasMessageContaining("delete");
    }

    @Test
    void secrets_are_not_shown(@TempDir Path directory) throws Exception {
        Link link = Link.in(directory);

        assertThat(link.toString()).doesNotContain(link.managerSecret()).doesNotContain(link.workerSecret());
    }
}

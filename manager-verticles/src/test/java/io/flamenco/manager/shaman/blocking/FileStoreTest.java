package io.flamenco.manager.shaman.blocking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.manager.shaman.blocking.FileStore.Found;
import io.flamenco.manager.shaman.domain.FileKey;
import io.flamenco.manager.shaman.domain.FileStatus;
import io.flamenco.shared.kernel.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {

    private static final FileKey KEY = new FileKey("abcdefxxx", 123);

    @TempDir
    Path directory;

    private FileStore store;

    @BeforeEach
    void open() throws IOException {
        store = FileStore.open(directory.resolve("store"));
    }

    @Test
    void sha256_is_what_everybody_else_computes() {
        assertThat(StoreUnderTest.key("").checksum())
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(StoreUnderTest.key("hahaha").checksum())
                .isEqualTo("be178c0543eb17f5f3043021c9e5fcf30285e557a4fc309cce97ff9ca6182912");
        assertThat(StoreUnderTest.key("hähähä"))
                .isEqualTo(new FileKey("05b373f2ab421a112c779258ea456c17160fcc1d0fe0bb8282de26122873f6e2", 9));
    }

    @Test
    void new_store_has_its_two_directories() {
        assertThat(directory.resolve("store/uploading")).isDirectory();
        assertThat(directory.resolve("store/stored")).isDirectory();
        Path root = store.stored().root();
        assertThat(store.stored().path("")).isEqualTo(root);
        assertThat(store.stored().path("/")).isEqualTo(root);
        assertThat(store.stored().path("xxx")).isEqualTo(root.resolve("xxx"));
        assertThat(store.stored().path("/xxx")).isEqualTo(root.resolve("xxx"));
    }

    @Test
    void what_lies_in_a_directory_of_the_store_is_told_by_whole_names() {
        Bin bin = store.stored();
        Path file = bin.root().resolve("ab/cdef/123.blob");

        assertThat(bin.contains("", file)).isTrue();
        assertThat(bin.contains("ab/cdef", file)).isTrue();
        assertThat(bin.contains("ab/cd", file)).isFalse();
        assertThat(bin.contains("other", file)).isFalse();
        assertThat(bin.contains("", Path.of("/etc/passwd"))).isFalse();
        assertThat(bin.contains("/", Path.of("/etc/passwd"))).isFalse();
        assertThat(bin.contains("/etc", Path.of("/etc/passwd"))).isFalse();
        assertThat(bin.contains("..", bin.root().resolve("../uploading/x"))).isFalse();
    }

    @Test
    void file_is_unknown_until_it_is_stored() throws IOException {
        assertThat(store.find(KEY)).isEmpty();

        Path blob = write("stored/ab/cdefxxx/123.blob");

        assertThat(store.find(KEY)).contains(new Found(FileStatus.STORED, blob));
        assertThat(store.has(KEY)).isTrue();
    }

    @Test
    void file_that_somebody_sends_is_not_stored() throws IOException {
        Path temporary = write("uploading/ab/cdefxxx/123-unique-code.tmp");

        assertThat(store.has(KEY)).isFalse();
        assertThat(store.find(KEY)).contains(new Found(FileStatus.UPLOADING, temporary));
        assertThat(store.status(new FileKey("abcdefxxx", 12))).isEqualTo(FileStatus.UNKNOWN);
    }

    @Test
    void what_is_written_to_a_temporary_file_stands_there_under_its_own_name() throws IOException {
        byte[] content = "je moešje".getBytes(StandardCharsets.UTF_8);

        try (TemporaryFile file = store.begin(KEY)) {
            file.write(content, content.length);

            assertThat(store.find(KEY)).contains(new Found(FileStatus.UPLOADING, file.path()));
            assertThat(file.path()).hasBinaryContent(content);
        }
    }

    @Test
    void only_a_file_that_was_being_sent_can_be_stored() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "x");
        assertThatThrownBy(() -> store.store(KEY, elsewhere)).isInstanceOf(IllegalArgumentException.class);

        Path temporary;
        try (TemporaryFile file = store.begin(KEY)) {
            temporary = file.path();
            store.store(KEY, temporary);
        }

        assertThat(store.find(KEY).orElseThrow().status()).isEqualTo(FileStatus.STORED);
        assertThat(store.find(KEY).orElseThrow().path()).isNotEqualTo(temporary);
        assertThat(directory.resolve("store/uploading")).isEmptyDirectory();
    }

    @Test
    void only_old_leftovers_are_forgotten() throws IOException {
        Path old = write("uploading/ab/cdefxxx/123-old.tmp");
        Path young = write("uploading/ab/other/123-young.tmp");
        Instant now = Clock.systemUTC().instant();
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));

        assertThat(store.forgetUploadsOlderThan(now.minus(Duration.ofHours(1)))).isEqualTo(1);

        assertThat(old.getParent()).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void touched_file_is_young() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Files.setLastModifiedTime(
                file, FileTime.from(Clock.systemUTC().instant().minus(Duration.ofHours(5))));

        new Touch(Clock.systemUTC()).now(List.of(file, directory.resolve("not there")));

        assertThat(StoreUnderTest.age(file)).isLessThan(Duration.ofMinutes(5));
        assertThat(directory.resolve("not there")).doesNotExist();
    }

    @Test
    void full_disk_is_told_from_other_failures() {
        assertThatThrownBy(() -> Files.writeString(Path.of("/dev/full"), "x"))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(DiskSpace.isFull(failure)).isTrue());
        assertThat(DiskSpace.isFull(new IOException("Input/output error"))).isFalse();
    }

    @Test
    void store_belongs_to_one_process() throws IOException {
        try (Shaman first = StoreUnderTest.open(directory)) {
            assertThat(first.live().count()).isZero();
            assertThatThrownBy(() -> StoreUnderTest.open(directory))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("another process uses this file store");
        }
        StoreUnderTest.open(directory).close();
    }

    @Test
    void store_at_a_file_is_refused_with_a_remedy() throws IOException {
        Files.writeString(directory.resolve("file-store"), "a file");

        assertThatThrownBy(() -> StoreUnderTest.open(directory))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("shaman.fileStorePath");
    }

    private Path write(String name) throws IOException {
        Path file = directory.resolve("store").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, "x");
    }
}

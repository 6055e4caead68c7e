package io.flamenco.manager.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockingImageWatchTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    @SuppressWarnings("NullAway.Init") // made before each test
    private BlockingImageWatch watch;

    @BeforeEach
    void begin() throws IOException {
        write("old.png", 0, "old");
        watch = new BlockingImageWatch(directory);
        watch.begin();
    }

    private Path write(String name, int second, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(NOON.plusSeconds(second)));
    }

    @Test
    void a_picture_is_found_once_it_has_not_changed_since_the_last_look() throws IOException {
        Path picture = write("new.png", 1, "half");
        assertThat(watch.look()).isEmpty();
        write("new.png", 2, "whole");
        assertThat(watch.look()).isEmpty();

        assertThat(watch.look()).contains(picture);
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void what_was_there_before_is_old() throws IOException {
        watch.look();

        assertThat(watch.look()).isEmpty();
    }

    @Test
    void pictures_in_new_directories_are_found_and_other_files_are_not() throws IOException {
        Path picture = write("job/frames/0001.EXR", 1, "picture");
        write("job/notes.txt", 2, "text");
        watch.look();

        assertThat(watch.look()).contains(picture);
    }

    @Test
    void of_many_only_the_newest_is_found() throws IOException {
        write("1.jpg", 1, "1");
        Path newest = write("3.jpg", 3, "3");
        write("2.jpg", 2, "2");
        watch.look();

        assertThat(watch.look()).contains(newest);
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void a_picture_that_is_written_again_is_found_again() throws IOException {
        Path picture = write("new.png", 1, "one");
        watch.look();
        watch.look();
        write("new.png", 5, "two");
        watch.look();

        assertThat(watch.look()).contains(picture);
    }
}

package io.flamenco.worker.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How programs are found, on this system and on others. */
class OperatingSystemTest {

    private Path here;
    private Map<String, String> posix = Map.of();
    private Map<String, String> windows = Map.of();

    @BeforeEach
    void makePrograms(@TempDir Path temporary) throws Exception {
        here = temporary;
        Files.createDirectories(here.resolve("first/blender"));
        program("second/blender");
        program("second/blender.exe");
        program("second/tool.bat");
        Files.createFile(here.resolve("second/notes"));
        posix = Map.of("PATH", here + "/first::" + here + "/second");
        windows = Map.of("Path", here + "/first;" + here + "/second");
    }

    @Test
    void a_name_is_looked_for_along_the_path_and_must_be_a_program() {
        assertThat(OperatingSystem.LINUX.executable("blender", posix)).contains(here.resolve("second/blender"));
        assertThat(OperatingSystem.MACOS.executable("notes", posix)).isEmpty();
        assertThat(OperatingSystem.LINUX.executable("blender.exe.exe", posix)).isEmpty();
        assertThat(OperatingSystem.LINUX.executable("blender", Map.of())).isEmpty();
    }

    @Test
    void a_path_is_taken_as_it_is() {
        assertThat(OperatingSystem.LINUX.executable(here + "/second/blender", Map.of()))
                .contains(here.resolve("second/blender"));
        assertThat(OperatingSystem.LINUX.executable(here + "/first/blender", posix))
                .isEmpty();
    }

    @Test
    void windows_adds_its_extensions_and_parts_the_path_otherwise() {
        assertThat(OperatingSystem.WINDOWS.executable("tool", windows)).contains(here.resolve("second/tool.bat"));
        assertThat(OperatingSystem.WINDOWS.executable("blender.exe", windows))
                .contains(here.resolve("second/blender.exe"));
        assertThat(OperatingSystem.WINDOWS.executable(here + "/second/tool", Map.of()))
                .contains(here.resolve("second/tool.bat"));
        assertThat(OperatingSystem.WINDOWS.executable("no-such", windows)).isEmpty();
    }

    private void program(String name) throws Exception {
        Path file = here.resolve(name);
        Files.createDirectories(here.resolve("second"));
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

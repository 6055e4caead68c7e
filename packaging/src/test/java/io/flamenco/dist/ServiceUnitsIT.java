package io.flamenco.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceUnitsIT {

    @TempDir
    private Path directory;

    /** Ten times the exposure that systemd computes, from 0 to 100. A Worker runs what jobs say, with the graphics card. */
    @ParameterizedTest
    @CsvSource({"server,20", "manager,20", "worker,52"})
    void systemd_understands_the_unit_and_finds_it_confined(String role, String exposure) throws Exception {
        Run.wanted("systemd-analyze");
        String name = "flamenco-" + role + ".service";
        Path unit = directory.resolve(name);
        Files.writeString(
                unit,
                Files.readString(Path.of("src", "dist", "systemd", name)).replace("/usr/bin/flamenco", "/bin/true"));

        Run verified = Run.of("systemd-analyze", "verify", "--man=no", unit.toString());
        Run examined = Run.of(
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=" + exposure,
                unit.toString());

        assertThat(verified.text()).isEmpty();
        assertThat(verified.exitCode()).isZero();
        assertThat(examined.exitCode()).as(examined.text()).isZero();
    }
}

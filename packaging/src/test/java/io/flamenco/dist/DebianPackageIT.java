package io.flamenco.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The packages in a Debian of their own, which has no Java: the life of an installation, from first to last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DebianPackageIT {

    private static final String RELEASE = "bookworm";
    private static final String AS_FLAMENCO = "exec setpriv --reuid=flamenco --regid=flamenco --clear-groups ";

    @TempDir
    private static Path directory;

    private static EmptyMachine debian = new EmptyMachine(Path.of("/nowhere"));
    private static Path root = Path.of("/nowhere");

    @BeforeAll
    static void makeDebian() throws Exception {
        EmptyMachine.assumePossible();
        Run.wanted("debootstrap");
        root = directory.resolve("debian");
        Run made = Run.of("debootstrap", "--variant=minbase", "--include=adduser", RELEASE, root.toString());
        Run.assume(made.exitCode() == 0, "no Debian can be made here; is its archive out of reach? " + lastLine(made));
        debian = new EmptyMachine(root);
        copy(Made.file("flamenco_VERSION_all.deb"), "flamenco.deb");
        copy(Made.file("flamenco-runtime_VERSION_ARCH.deb"), "runtime.deb");
    }

    @Test
    @Order(1)
    void without_a_java_it_is_not_configured() throws Exception {
        Run run = debian.run("dpkg", "-i", "/tmp/flamenco.deb");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.text()).contains("flamenco depends on java21-runtime-headless | flamenco-runtime");
    }

    @Test
    @Order(2)
    void with_its_runtime_it_is_installed_and_makes_pictures_as_its_own_user() throws Exception {
        install("-i", "/tmp/flamenco.deb", "/tmp/runtime.deb");

        Run demo = debian.run(
                "sh",
                "-c",
                "cd /var/lib/flamenco && " + AS_FLAMENCO
                        + "flamenco demo --once --without-blender --server-port 0 --manager-port 0");
        assertThat(demo.exitCode()).as(demo.text()).isZero();
        assertThat(demo.text()).contains("12 frames are in /var/lib/flamenco/flamenco-demo/pictures/");
        assertThat(debian.run("stat", "-c", "%U:%G %a", "/var/lib/flamenco").text())
                .isEqualTo("flamenco:flamenco 750\n");
        assertThat(debian.run("stat", "-c", "%U:%G %a", "/etc/flamenco/worker.yaml")
                        .text())
                .isEqualTo("root:flamenco 640\n");
    }

    @Test
    @Order(3)
    void its_services_start_as_the_units_say_and_stop_in_good_order() throws Exception {
        assertThat(startAndStop("server")).contains("The server is ready.").contains("one-time password");
        assertThat(startAndStop("manager")).contains("/setup#key=");
    }

    @Test
    @Order(4)
    void an_upgrade_keeps_changed_settings_and_what_the_set_up_wrote() throws Exception {
        Files.writeString(root.resolve("etc/flamenco/worker.yaml"), "# mine\n", StandardOpenOption.APPEND);
        debian.run("sh", "-c", AS_FLAMENCO + "sh -c 'cd /etc/flamenco && cp manager.yaml manager.yaml.before'");
        makeNewerPackage();

        install("--force-confdef", "--force-confold", "-i", "/tmp/newer.deb");

        assertThat(root.resolve("etc/flamenco/worker.yaml")).content().endsWith("# mine\n");
        assertThat(root.resolve("etc/flamenco/server.yaml")).content().endsWith("# theirs\n");
        assertThat(root.resolve("etc/flamenco/manager.yaml.before")).exists();
        assertThat(debian.run("dpkg-query", "-W", "-f", "${Version}", "flamenco")
                        .text())
                .isEqualTo("99");
    }

    @Test
    @Order(5)
    void removing_it_keeps_settings_and_data() throws Exception {
        install("--remove", "flamenco");

        assertThat(root.resolve("etc/flamenco/worker.yaml")).content().endsWith("# mine\n");
        assertThat(root.resolve("var/lib/flamenco/flamenco-demo")).exists();
        assertThat(root.resolve("usr/share/flamenco/lib")).doesNotExist();
    }

    @Test
    @Order(6)
    void purging_it_leaves_nothing() throws Exception {
        install("--purge", "flamenco", "flamenco-runtime");

        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(file -> file.getFileName().toString().contains("flamenco")
                            && !file.startsWith(root.resolve("tmp"))))
                    .isEmpty();
        }
        assertThat(debian.run("getent", "passwd", "flamenco").exitCode()).isEqualTo(2);
        assertThat(debian.run("getent", "group", "flamenco").exitCode()).isEqualTo(2);
    }

    private static void install(String... arguments) throws Exception {
        Run run = debian.run(
                Stream.concat(Stream.of("dpkg"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    private static String startAndStop(String role) throws Exception {
        Run run = debian.run(
                "sh",
                "-c",
                "cd /var/lib/flamenco && " + AS_FLAMENCO + "timeout --signal=TERM 20 " + command(role)
                        + " --listen 127.0.0.1:0");
        assertThat(run.exitCode()).as(run.text()).isEqualTo(124);
        assertThat(run.text()).contains("Stopping.").doesNotContain(" ERROR ");
        return run.text();
    }

    /** What systemd would start. */
    private static String command(String role) throws Exception {
        return Files.readAllLines(root.resolve("usr/lib/systemd/system/flamenco-" + role + ".service")).stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length());
    }

    private static void makeNewerPackage() throws Exception {
        Path parts = root.resolve("tmp").resolve("newer");
        Run.of("dpkg-deb", "-R", root.resolve("tmp/flamenco.deb").toString(), parts.toString());
        Path control = parts.resolve("DEBIAN").resolve("control");
        Files.writeString(control, Files.readString(control).replaceAll("(?m)^Version: .*", "Version: 99"));
        for (String role : List.of("server", "worker")) {
            Files.writeString(parts.resolve("etc/flamenco/" + role + ".yaml"), "# theirs\n", StandardOpenOption.APPEND);
        }
        Run built = Run.of(
                "dpkg-deb",
                "-Znone",
                "-b",
                parts.toString(),
                root.resolve("tmp/newer.deb").toString());
        assertThat(built.exitCode()).as(built.text()).isZero();
    }

    private static void copy(Path deb, String name) throws Exception {
        Files.copy(deb, root.resolve("tmp").resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private static String lastLine(Run run) {
        return run.text().lines().reduce("", (first, last) -> last);
    }
}

package io.flamenco.worker.blocking.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.plugin.WorkerCommand;
import io.flamenco.shared.plugin.WorkerCommand.InvalidSettings;
import io.flamenco.worker.blocking.CommandTrial;
import io.flamenco.worker.blocking.Commands;
import io.flamenco.worker.platform.OperatingSystem;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimpleCommandsTest {

    private final Commands commands =
            Commands.of(new BuiltInCommands(OperatingSystem.LINUX, ZoneOffset.UTC).commands());
    private final CommandTrial trial = CommandTrial.real();

    @Test
    void echo_logs_its_message_word_for_word() throws Exception {
        trial.run(command("echo"), Map.of("message", "hello\n‘world’"));

        assertThat(trial.log()).containsExactly("hello\n‘world’");
        assertThatThrownBy(() -> trial.check(command("echo"), Map.of())).hasMessage("Missing \"message\"");
    }

    @Test
    void catalogue_31_sleep_takes_as_long_as_it_should() throws Exception {
        long start = System.nanoTime();

        trial.run(command("sleep"), Map.of("time_in_seconds", 0.5));

        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(taken).isBetween(Duration.ofMillis(490), Duration.ofSeconds(30));
        assertThat(trial.log()).containsExactly("Sleeping for 0.5 seconds", "Done sleeping for 0.5 seconds");
        assertThat(trial.progress()).endsWith(100);
    }

    @Test
    void a_task_that_sleeps_can_be_stopped() throws Exception {
        Thread sleeper = Thread.ofVirtual().unstarted(() -> {
            try {
                trial.run(command("sleep"), Map.of("time_in_seconds", 1000));
            } catch (InterruptedException stopped) {
                trial.log("stopped");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        sleeper.start();
        sleeper.interrupt();

        assertThat(sleeper.join(Duration.ofMinutes(1))).isTrue();
        assertThat(trial.log()).endsWith("stopped");
    }

    @Test
    void log_a_lot_logs_as_many_lines_as_it_is_told_even_by_a_fraction() throws Exception {
        trial.run(command("log_a_lot"), Map.of("lines", 3.0));

        assertThat(trial.log()).hasSize(3).first().isEqualTo("This is line 0".repeat(30));
        assertThat(trial.activities()).containsExactly("logging 3 lines");
        assertThatThrownBy(() -> trial.check(command("log_a_lot"), Map.of("lines", 3.5)))
                .isInstanceOf(InvalidSettings.class);
    }

    @Test
    void catalogue_32_exec_wants_a_text() {
        assertThatThrownBy(() -> trial.check(command("exec"), Map.of("cmd", List.of("ls"))))
                .isInstanceOf(InvalidSettings.class)
                .hasMessage("\"cmd\" must be a string");
        assertThatThrownBy(() -> trial.check(command("exec"), Map.of("cmd", "echo 'oops")))
                .isInstanceOf(InvalidSettings.class);
        assertThatThrownBy(() -> trial.check(command("exec"), Map.of("cmd", "")))
                .isInstanceOf(InvalidSettings.class);
    }

    @Test
    void exec_runs_the_words_of_its_command_line() throws Exception {
        trial.run(command("exec"), Map.of("cmd", "printf '%s-%s' \"a b\" c"));

        assertThat(trial.arguments()).containsExactly("printf", "%s-%s", "a b", "c");
        assertThat(trial.log()).anyMatch(line -> line.endsWith("> a b-c"));
    }

    @Test
    void a_test_pattern_is_drawn_for_each_frame(@TempDir Path directory) throws Exception {
        trial.run(
                command("test_pattern"),
                Map.of("render_output", directory + "/shot/###", "frames", "1..2,40", "width", 64, "height", 36));

        assertThat(directory.resolve("shot").toFile().list())
                .containsExactlyInAnyOrder("001.png", "002.png", "040.png");
        assertThat(trial.progress()).containsExactly(33, 66, 100);
        assertThat(trial.produced()).hasSize(3);
        BufferedImage first = ImageIO.read(directory.resolve("shot/001.png").toFile());
        BufferedImage last = ImageIO.read(directory.resolve("shot/040.png").toFile());
        assertThat(List.of(first.getWidth(), first.getHeight())).containsExactly(64, 36);
        assertThat(pixels(first)).isNotEqualTo(pixels(last));
        assertThat(Arrays.stream(pixels(first)).distinct().count()).isGreaterThan(100);
    }

    @Test
    void a_test_pattern_refuses_senseless_settings() {
        WorkerCommand pattern = command("test_pattern");
        assertThatThrownBy(() -> trial.check(pattern, Map.of("render_output", "x", "frames", "5..1")))
                .hasMessageContaining("goes backwards");
        assertThatThrownBy(() -> trial.check(pattern, Map.of("render_output", "x", "frames", "1", "width", 1)))
                .hasMessage("\"width\" must be 16 to 8192, not 1");
        assertThatThrownBy(() -> trial.check(pattern, Map.of("frames", "1"))).hasMessage("Missing \"render_output\"");
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private WorkerCommand command(String name) {
        return commands.named(name).orElseThrow();
    }
}

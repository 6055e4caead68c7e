package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.flamenco.worker.blocking.AssignedTask;
import io.flamenco.worker.domain.BlenderOutput;
import io.flamenco.worker.domain.BlenderProgress;
import io.flamenco.worker.domain.FfmpegProgress;
import io.flamenco.worker.domain.FrameRange;
import io.flamenco.worker.domain.IniText;
import io.flamenco.worker.domain.ShellWords;
import io.flamenco.worker.manager.ManagerAnswer;
import io.flamenco.worker.manager.StatusAnswer;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * What programs, Managers and files may say to a Worker, made up to be as wrong as possible: pieces of what is expected in
 * any order, and any characters between them. Readers either understand it or refuse it as they say they do, and they never
 * take long over a line of the greatest length.
 */
class HostileInputPropertyTest {

    private static final int LONGEST_LINE = 64 * 1024;

    /** Of the processor's time: what a busy machine takes away does not count. */
    private static final Duration LONGEST_READING = Duration.ofSeconds(1);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Property(tries = 300)
    void any_line_of_a_program_is_read_or_left(@ForAll("linesOfPrograms") String line) {
        within(() -> {
            BlenderProgress.parse(line).ifPresent(progress -> {
                assertThat(progress.frame()).isNotNegative();
                progress.fraction().ifPresent(done -> assertThat(done).isBetween(0.0, 1.0));
                assertThat(progress.activity(line)).isNotNull();
            });
            BlenderOutput.saved(line);
            BlenderOutput.missesFile(line);
            BlenderOutput.loads(line);
            FfmpegProgress.duration(line)
                    .ifPresent(seconds -> assertThat(seconds).isNotNegative());
            FfmpegProgress.parse(line)
                    .ifPresent(progress -> progress.frame()
                            .ifPresent(frame -> assertThat(frame).isNotNegative()));
        });
    }

    @Property(tries = 40)
    void a_piece_that_comes_again_and_again_does_not_slow_the_reading(@ForAll("piecesOfPrograms") String piece) {
        String line = piece.repeat(LONGEST_LINE / piece.length());

        any_line_of_a_program_is_read_or_left(line);
        any_line_of_a_program_is_read_or_left("Fra:1 Mem:" + line);
        any_line_of_a_program_is_read_or_left("frame=1" + line);
    }

    @Property(tries = 300)
    void a_document_is_a_task_or_refused(@ForAll("documents") String json) {
        refusesOrReads(() -> AssignedTask.read(Buffer.buffer(json)));
        StatusAnswer.requested(new ManagerAnswer(423, Buffer.buffer(json), false));
    }

    @Property(tries = 300)
    void a_text_is_a_range_of_frames_or_refused(@ForAll("ranges") String text) {
        refusesOrReads(() -> assertThat(FrameRange.parse(text)).hasSizeLessThanOrEqualTo(1_000_000));
    }

    @Property(tries = 300)
    void a_file_is_of_the_originals_kind_or_refused(@ForAll("inis") String text) {
        refusesOrReads(() -> IniText.parse(text).section("flamenco-worker"));
    }

    @Property(tries = 300)
    void words_are_split_as_they_were_joined(@ForAll List<String> words) {
        assertThat(ShellWords.split(ShellWords.join(words), true)).isEqualTo(words);
    }

    @Property(tries = 300)
    void a_command_line_is_split_or_refused(@ForAll("commandLines") String line) {
        refusesOrReads(() -> ShellWords.split(line, true));
        refusesOrReads(() -> ShellWords.split(line, false));
    }

    @Provide
    Arbitrary<String> piecesOfPrograms() {
        return Arbitraries.of(
                "Fra:",
                "Fra:1 ",
                "Mem:",
                "Mem:1M ",
                "(",
                "Peak ",
                "(0.00M, Peak 3M)",
                ")",
                " | ",
                "Time:",
                "Time:00:01.00 ",
                "Remaining:",
                "Remaining:9:99:99 ",
                "Sample 1/2",
                "Rendered 1/0 Tiles",
                "999999999999999999/",
                "Finished",
                "Saved: '",
                "'",
                "Warning: Path '",
                "' not found",
                "Warning: Unable to open",
                "Read blend:",
                "render   |",
                "frame=",
                "frame= 12 ",
                "size=",
                "time=",
                "time=00:00:01.00 ",
                "time=N/A ",
                "Duration: ",
                "-1:-1:-1.5, ",
                "00:00:00,",
                " ",
                "\t",
                "\r",
                "\u0000",
                "\uD800",
                "é",
                "１２",
                ":",
                "/",
                "9");
    }

    @Provide
    Arbitrary<String> linesOfPrograms() {
        return mixed(piecesOfPrograms(), 60);
    }

    @Provide
    Arbitrary<String> documents() {
        return mixed(
                Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "null",
                        "1",
                        "-1.5e999",
                        "\"_id\":",
                        "\"58514d1e9837734f2e71b479\"",
                        "\"commands\":",
                        "\"name\":",
                        "\"settings\":",
                        "{}",
                        "[]",
                        "\"status_requested\":",
                        "\"asleep\"",
                        "\"",
                        "\\u",
                        "true"),
                30);
    }

    @Provide
    Arbitrary<String> ranges() {
        return mixed(
                Arbitraries.of("1", "..", "-", ",", " ", "999999999", "0", "1..10", "-5..-1", "a", "99999999999"), 12);
    }

    @Provide
    Arbitrary<String> inis() {
        return mixed(
                Arbitraries.of(
                        "[flamenco-worker]",
                        "[",
                        "]",
                        "\n",
                        "a",
                        "=",
                        ":",
                        "${a}",
                        "${",
                        "}",
                        "$",
                        "$$",
                        "${other:a}",
                        "#",
                        ";",
                        " ",
                        "\n ",
                        "b = ${a}${a}${a}${a}",
                        "a = ${b}${b}${b}${b}"),
                40);
    }

    @Provide
    Arbitrary<String> commandLines() {
        return mixed(Arbitraries.of("'", "\"", "\\", " ", "a", "\n", "blender", "é"), 40);
    }

    /** Mostly what is expected, now and then anything else. */
    private static Arbitrary<String> mixed(Arbitrary<String> pieces, int most) {
        return Arbitraries.frequencyOf(
                        Tuple.of(9, pieces), Tuple.of(1, Arbitraries.strings().ofMaxLength(8)))
                .list()
                .ofMaxSize(most)
                .map(parts -> String.join("", parts));
    }

    private static void refusesOrReads(Runnable reading) {
        within(() -> {
            Throwable failure = catchThrowable(reading::run);
            if (failure != null) {
                assertThat(failure).isInstanceOf(IllegalArgumentException.class);
                assertThat(failure.getMessage()).isNotBlank();
            }
        });
    }

    private static void within(Runnable reading) {
        long start = THREADS.getCurrentThreadCpuTime();
        reading.run();
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start)).isLessThan(LONGEST_READING);
    }
}

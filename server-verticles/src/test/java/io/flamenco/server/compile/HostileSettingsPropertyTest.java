package io.flamenco.server.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobToCompile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** What people may write into a job, made up of pieces of what is right: it is compiled or refused, and soon. */
class HostileSettingsPropertyTest {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final JobTypes TYPES = JobTypes.load(true);

    @Property(tries = 300, seed = "20261122")
    void a_text_is_a_range_of_frames_or_refused(@ForAll("ranges") String text) {
        try {
            assertThat(FrameRange.parse(text).frames()).isNotEmpty().isSorted();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void frames_that_come_again_and_again_are_too_many() {
        Assertions.assertTimeoutPreemptively(
                SOON,
                () -> Assertions.assertThrows(
                        IllegalArgumentException.class, () -> FrameRange.parse("1-500000,".repeat(100_000) + "1")));
    }

    @Property(tries = 300, seed = "20261122")
    void words_are_split_as_they_were_joined(@ForAll List<String> words) throws CompilationFailure {
        assertThat(ShellWords.split(ShellWords.join(words))).isEqualTo(words);
    }

    @Property(tries = 300, seed = "20261122")
    void a_command_line_is_split_or_refused(@ForAll("commandLines") String line) {
        try {
            assertThat(String.join("", ShellWords.split(line)).length()).isLessThanOrEqualTo(line.length());
        } catch (CompilationFailure refused) {
            assertThat(refused).hasMessageStartingWith("The command ");
        }
    }

    @Property(tries = 400, seed = "20261122")
    void a_job_is_compiled_or_refused(
            @ForAll("jobTypes") String type, @ForAll("settings") Map<String, Object> settings) {
        JobToCompile job = new JobToCompile(
                new JobId("5c0100000000000000000010"), "job", Instant.EPOCH, false, settings, Set.of());
        JobCompiler compiler = TYPES.of(type).orElseThrow();
        try {
            assertThat(JobTypes.compile(compiler, job)).isNotEmpty();
        } catch (CompilationFailure refused) {
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("The compiler of");
        }
    }

    @Provide
    Arbitrary<String> jobTypes() {
        return Arbitraries.of(TYPES.all().stream().map(JobCompiler::jobType).toList());
    }

    @Provide
    Arbitrary<Map<String, Object>> settings() {
        List<String> names = TYPES.all().stream()
                .flatMap(type -> type.settings().stream())
                .map(setting -> setting.name())
                .distinct()
                .toList();
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.of("1-3", "2", "/render/######", "a.blend", "PNG", ".png", "", "\0", "../..", "'"),
                Arbitraries.of(0, 1, 2, 30, -1, Integer.MAX_VALUE, Long.MIN_VALUE, 0.5, Double.NaN, true, false),
                Arbitraries.of(List.of(), List.of("x", 1), Map.of("a", Map.of())));
        return Arbitraries.maps(Arbitraries.of(names), values).ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> ranges() {
        return pieces(",", "-", " ", "1", "20", "1-30", "999999999", "9999999999", "1-999999", "5-3", "٣", "\0", "..");
    }

    @Provide
    Arbitrary<String> commandLines() {
        return pieces("'", "\"", "\\", " ", "a", "$(id)", "\t", "\n", "ü", "--x=y");
    }

    private static Arbitrary<String> pieces(String... pieces) {
        return Arbitraries.of(pieces).list().ofMaxSize(30).map(list -> String.join("", list));
    }
}

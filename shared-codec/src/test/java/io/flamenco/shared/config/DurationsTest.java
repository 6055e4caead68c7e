package io.flamenco.shared.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "300ms, PT0.3S",
        "10s, PT10S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "336h, PT336H",
        "-1s, PT-1S",
        "1.5h, PT1H30M",
        "0, PT0S",
        "10, PT0.00000001S",
        "10m0s, PT10M"
    })
    void the_originals_notation_is_read(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ten", "5 m", "1h 30m", "10x", "s", "99999999999999h", "1..5s"})
    void anything_else_is_no_duration(String text) {
        assertThat(Durations.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PT10M, 10m0s",
        "PT5S, 5s",
        "PT0.3S, 300ms",
        "PT336H, 336h0m0s",
        "PT-1S, -1s",
        "PT0S, 0s",
        "PT1M1.5S, 1m1.5s"
    })
    void durations_are_written_as_the_original_writes_them(Duration duration, String text) {
        assertThat(Durations.format(duration)).isEqualTo(text);
    }

    @Property
    void what_is_written_reads_back(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long micros) {
        Duration duration = Duration.ofNanos(micros * 1_000);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }
}

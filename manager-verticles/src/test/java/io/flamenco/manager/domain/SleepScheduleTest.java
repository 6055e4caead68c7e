package io.flamenco.manager.domain;

import static io.flamenco.shared.status.WorkerStatus.ASLEEP;
import static io.flamenco.shared.status.WorkerStatus.AWAKE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SleepScheduleTest {

    /** A Sunday. */
    private static LocalDateTime at(String time) {
        return LocalDateTime.parse("2026-11-22T" + time);
    }

    private static SleepSchedule schedule(String days, String start, String end) {
        return new SleepSchedule(true, days, time(start), time(end));
    }

    private static @Nullable TimeOfDay time(String text) {
        return TimeOfDay.parse(text).orElse(null);
    }

    @Test
    void an_inactive_schedule_wants_nothing() {
        assertThat(new SleepSchedule(false, "", null, null).statusAt(at("12:00")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "07:05:00,AWAKE",
        "08:00:00,ASLEEP",
        "08:00:43,ASLEEP",
        "16:59:59,ASLEEP",
        "17:00:00,AWAKE",
        "23:05:00,AWAKE"
    })
    void a_worker_sleeps_from_start_until_end(String time, String expected) {
        assertThat(schedule("", "08:00", "17:00").statusAt(at(time)).map(Enum::name))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "su,22:30,ASLEEP",
        "su,03:00,AWAKE",
        "sa,03:00,ASLEEP",
        "sa,22:30,AWAKE",
        "su,06:00,AWAKE",
        "'',05:59,ASLEEP"
    })
    void a_night_begins_on_a_listed_day_and_ends_on_the_next(String days, String time, String expected) {
        assertThat(schedule(days, "22:00", "06:00").statusAt(at(time + ":00")).map(Enum::name))
                .contains(expected);
    }

    @Test
    void on_a_listed_day_without_times_it_sleeps_all_day_and_on_others_it_is_awake() {
        assertThat(schedule("su", "", "").statusAt(at("00:00"))).contains(ASLEEP);
        assertThat(schedule("mo tu", "", "").statusAt(at("12:00"))).contains(AWAKE);
    }

    @ParameterizedTest
    @CsvSource({
        "08:00,17:00,07:59:43,2026-11-22T08:00",
        "08:00,17:00,08:00:43,2026-11-22T17:00",
        "08:00,17:00,17:00:43,2026-11-23T00:00",
        "'',17:00,09:00:00,2026-11-22T17:00",
        "'',17:00,18:00:00,2026-11-23T00:00",
        "'','',09:00:00,2026-11-23T00:00",
        "08:00,'',09:00:00,2026-11-23T00:00",
        "08:00,'',07:00:00,2026-11-22T08:00",
        "22:00,06:00,23:00:00,2026-11-23T00:00",
        "22:00,06:00,01:00:00,2026-11-22T06:00"
    })
    void it_is_looked_at_again_at_the_next_boundary(String start, String end, String now, String expected) {
        assertThat(schedule("", start, end).nextCheck(at(now))).isEqualTo(LocalDateTime.parse(expected));
    }

    @Test
    void days_are_understood_in_many_spellings_and_nonsense_is_not() {
        assertThat(SleepSchedule.normalisedDays(" Mo   TU we\u00a0friday\n")).contains("mo tu we fr");
        assertThat(SleepSchedule.normalisedDays("")).contains("");
        assertThat(SleepSchedule.normalisedDays("m")).isEqualTo(Optional.empty());
        assertThat(SleepSchedule.normalisedDays("mo xx")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"16:4,16:04", "16:34:44,16:34", "24:00,24:00", "02:34,02:34", "0:00,00:00"})
    void times_are_read_leniently(String text, String expected) {
        assertThat(TimeOfDay.parse(text).map(TimeOfDay::toString)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"16:", "''", "noon", "99:99", "24:01", "12:60"})
    void what_is_no_time_of_day_is_refused(String text) {
        assertThat(TimeOfDay.parse(text)).isEmpty();
    }
}

package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "task.txt.3|task.txt|3",
                "task.txt|task.txt|-1",
                "task|task|-1",
                "task.|task.|-1",
                "task.1a|task.1a|-1",
                "task.-3|task|-3",
                "task.+3|task|3",
                "task.010|task|10",
                "task.4.5.6|task.4.5|6",
                "tásk—ü.7|tásk—ü|7",
                "task.٣|task.٣|-1",
                ".5|''|5",
                "task.99999999999|task.99999999999|-1",
            })
    void name_is_taken_apart(String name, String base, int number) {
        assertThat(NumberedName.parse(name)).isEqualTo(new NumberedName(base, number));
    }
}

package io.flamenco.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

    private static final String OK =
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKED =
            "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n";
    private static final String NOTHING = "HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n";

    @Test
    void answers_come_out_in_order_however_the_bytes_are_cut() {
        String all = OK + CHUNKED + NOTHING + OK;
        for (int size = 1; size <= OK.length(); size++) {
            assertThat(parsed(all, size))
                    .as("pieces of %d bytes", size)
                    .startsWith(new Answer(200, "hello"), new Answer(409, "hello"), new Answer(204, ""));
        }
    }

    @Test
    void a_body_may_hold_empty_lines() {
        AnswerParser parser = new AnswerParser();

        Answer answer = parser.feed(bytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\na\r\n\r\nb"));

        assertThat(answer).isEqualTo(new Answer(200, "a\r\n\r\nb"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n"})
    void what_cannot_be_understood_is_said(String strange) {
        AnswerParser parser = new AnswerParser();

        assertThatThrownBy(() -> parser.feed(bytes(strange))).isInstanceOf(IllegalStateException.class);
    }

    private static List<Answer> parsed(String all, int size) {
        AnswerParser parser = new AnswerParser();
        List<Answer> answers = new ArrayList<>();
        for (int at = 0; at < all.length(); at += size) {
            Answer answer = parser.feed(bytes(all.substring(at, Math.min(all.length(), at + size))));
            if (answer != null) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

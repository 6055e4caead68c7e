package io.flamenco.manager.tasklog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadAndTailTest {

    private static final String BROWSER = "Mozilla/5.0";

    @Test
    void short_log_is_shown_whole() {
        assertThat(new HeadAndTail(15_359).shownWhole(BROWSER)).isTrue();
        assertThat(new HeadAndTail(15_360).shownWhole(BROWSER)).isFalse();
    }

    @Test
    void download_programs_get_all() {
        assertThat(new HeadAndTail(1 << 30).shownWhole("curl/8.5.0")).isTrue();
        assertThat(new HeadAndTail(1 << 30).shownWhole("Wget/1.21")).isTrue();
        assertThat(new HeadAndTail(1 << 30).shownWhole("")).isFalse();
    }

    @Test
    void marker_tells_how_much_is_left_out() {
        assertThat(new HeadAndTail(29_327).marker())
                .isEqualTo("...\n\n... Skipped 13.6 KiB, use WGet or Curl to download the entire log ... \n\n");
        assertThat(new HeadAndTail(15_360).marker()).contains("Skipped 0.0 B,");
        assertThat(new HeadAndTail(5L << 40).marker()).contains("Skipped 5.0 TiB,");
        assertThat(new HeadAndTail(5L << 50).marker()).contains("Skipped 5120.0 TiB,");
    }
}

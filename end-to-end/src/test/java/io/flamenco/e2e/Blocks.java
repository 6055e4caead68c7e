package io.flamenco.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

/** How long a page was busy without a pause, so that it could not answer the reader. */
final class Blocks {

    /** A script that remembers it from now on. Only what takes longer than 50 ms counts. */
    static final String WATCH = """
            () => {
              globalThis.blocks = [0];
              new PerformanceObserver((list) => globalThis.blocks.push(...list.getEntries().map(({ duration }) => duration)))
                .observe({ type: 'longtask' });
            }""";

    private Blocks() {}

    /** Prints the longest, and fails when it was too long. */
    static void report(Page page, String what, int mostMs) {
        double longest = Visit.number(page, "Math.max(...globalThis.blocks)");
        System.out.printf("%s: the longest task in the browser took %.0f ms%n", what, longest);
        assertThat(longest).as(what).isLessThan(mostMs);
    }
}

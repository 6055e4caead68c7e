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

    /**
     * What draws only what is in view takes a tenth of it, and what draws everything takes longer. It is measured by the clock on the
     * wall, so there is room for a machine that does something else meanwhile.
     */
    private static final int MOST_MS = 3000;

    private Blocks() {}

    /** Prints the longest, and fails when it was too long. */
    static void report(Page page, String what) {
        double longest = Visit.number(page, "Math.max(...globalThis.blocks)");
        System.out.printf("%s: the longest task in the browser took %.0f ms%n", what, longest);
        assertThat(longest).as(what).isLessThan(MOST_MS);
    }
}

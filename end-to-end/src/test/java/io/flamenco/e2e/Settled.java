package io.flamenco.e2e;

import com.microsoft.playwright.Page;

/** When a page has all that it asked for, and has drawn it: until then things in it come and move. */
final class Settled {

    /** A script for the beginning of a page that counts the answers which it waits for. */
    static final String WATCH = """
            {
              const ask = globalThis.fetch;
              globalThis.asked = { open: 0, quietSince: 0 };
              globalThis.fetch = async (...question) => {
                globalThis.asked.open++;
                try {
                  const answer = await ask(...question);
                  await answer.clone().arrayBuffer();
                  return answer;
                } finally {
                  globalThis.asked.open--;
                  globalThis.asked.quietSince = performance.now();
                }
              };
            }""";

    /** What follows from an answer, such as a next question, comes sooner than that. */
    private static final int QUIET_MS = 50;

    private Settled() {}

    /** Waits until it has all answers, and has drawn them. */
    static void answered(Page page) {
        page.waitForFunction(
                "quiet => globalThis.asked.open === 0 && performance.now() - globalThis.asked.quietSince > quiet",
                QUIET_MS);
        drawn(page);
    }

    /** Waits until it has drawn what it knows, in the size that it has; some parts are made anew for another size. */
    static void drawn(Page page) {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }
}

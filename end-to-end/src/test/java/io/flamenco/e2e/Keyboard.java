package io.flamenco.e2e;

import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Walks through a page with the Tab key, and tells what somebody without a mouse would miss. */
final class Keyboard {

    private static final int MOST_STEPS = 300;

    private static final String BEGIN = """
            () => {
              document.activeElement?.blur();
              globalThis.reached = new Set();
            }""";

    /** Notes where the focus is, and answers what is wrong with it; null when it has left the page. */
    private static final String STEP = """
            () => {
              const element = document.activeElement;
              if (element === document.body || globalThis.reached.has(element)) {
                return null;
              }
              globalThis.reached.add(element);
              const shown = element.closest('.days label') ?? element;
              const { outlineStyle, outlineWidth } = getComputedStyle(shown);
              const { top, bottom } = shown.getBoundingClientRect();
              const name = element.outerHTML.slice(0, 160);
              return [
                outlineStyle === 'none' || parseFloat(outlineWidth) === 0 ? `the focus is not seen: ${name}` : '',
                bottom <= 0 || top >= innerHeight ? `the focus is out of view: ${name}` : '',
              ].join('');
            }""";

    private static final String MISSED = """
            () => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
              .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility() && !globalThis.reached.has(element))
              .map((element) => `not reached: ${element.outerHTML.slice(0, 160)}`)""";

    private Keyboard() {}

    /** Everything that is wrong, in the order of the walk. */
    static List<String> walk(Page page) {
        List<String> wrong = new ArrayList<>();
        page.evaluate(BEGIN);
        for (int step = 0; step < MOST_STEPS; step++) {
            page.keyboard().press("Tab");
            Object found = page.evaluate(STEP);
            if (found == null) {
                break;
            }
            wrong.add((String) found);
        }
        ((List<?>) page.evaluate(MISSED)).forEach(missed -> wrong.add((String) missed));
        wrong.removeIf(String::isEmpty);
        return wrong;
    }
}

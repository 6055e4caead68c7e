package io.flamenco.e2e;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Looks for what keeps people from using a page, such as too little contrast or a field without a name. */
final class Barriers {

    private static final String RUN = """
            (rules) => Promise.race([
              axe.run(document, { resultTypes: ['violations'], ...rules }).then(({ violations }) =>
                violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))),
              new Promise((_, reject) => setTimeout(() => reject(new Error('axe takes too long')), 60_000)),
            ])""";

    private final String axe;

    Barriers() throws IOException {
        try (InputStream script = Barriers.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every barrier of the page when it is shown so. In the dark only colours can be another matter than in the light. */
    List<String> on(Page page, ColorScheme scheme) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        page.evaluate(axe);
        Map<String, ?> rules = scheme == ColorScheme.DARK ? Map.of("runOnly", List.of("color-contrast")) : Map.of();
        return ((List<?>) page.evaluate(RUN, rules))
                .stream().map(Object::toString).toList();
    }
}

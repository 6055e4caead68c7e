package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which action a request to {@code /api/v1} is. A change that nobody thought of here takes a wrangler, so a new address is
 * never open by mistake.
 */
final class RequiredAction {

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> DESCRIPTIONS = Set.of("/api/v1/openapi.yaml", "/api/v1/openapi.json");
    private static final String ID = "/[0-9a-fA-F]{24}(/.*)?";

    private record Rule(Pattern path, Action reading, Action changing) {

        static Rule of(String path, Action reading, Action changing) {
            return new Rule(Pattern.compile("/api/v1" + path), reading, changing);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("/(me|logout)(/.*)?", Action.OWN_ACCOUNT, Action.OWN_ACCOUNT),
            Rule.of("/users(/.*)?", Action.MANAGE_USERS, Action.MANAGE_USERS),
            Rule.of("/backup", Action.BACK_UP, Action.BACK_UP),
            Rule.of("/audit(/.*)?", Action.READ_AUDIT, Action.READ_AUDIT),
            Rule.of("/projects(/.*)?", Action.READ, Action.MANAGE_PROJECTS),
            Rule.of("/managers(/.*)?", Action.READ, Action.MANAGE_MANAGERS),
            Rule.of("/workers(/.*)?", Action.READ, Action.ORDER_WORKERS),
            Rule.of("/jobs/?", Action.READ, Action.SUBMIT_JOBS),
            Rule.of("/(jobs|tasks)(/bulk|" + ID + ")", Action.READ, Action.CHANGE_OWN_JOBS));

    private RequiredAction() {}

    /** Empty for what anybody may call: the log-in, and the description of the API. */
    static Optional<Action> of(HttpMethod method, String path) {
        boolean reads = READING.contains(method);
        if (path.equals("/api/v1/login") || (reads && DESCRIPTIONS.contains(path))) {
            return Optional.empty();
        }
        return Optional.of(RULES.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .findFirst()
                .map(rule -> reads ? rule.reading() : rule.changing())
                .orElse(reads ? Action.READ : Action.CHANGE_ALL_JOBS));
    }

    /** Whether requests of that method change nothing. */
    static boolean reads(HttpMethod method) {
        return READING.contains(method);
    }
}

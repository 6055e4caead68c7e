package io.flamenco.manager.http;

import io.flamenco.manager.audit.AuditLog;
import io.flamenco.manager.http.People.Expired;
import io.flamenco.manager.http.People.Known;
import io.flamenco.manager.http.People.Unknown;
import io.flamenco.manager.login.Person;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.OwnOrigin;
import io.flamenco.shared.http.RouteMethods;
import io.flamenco.shared.http.WebPaths;
import io.flamenco.shared.people.FarmRole;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the routes that are open or see to credentials themselves, which come before it, and all others, which only
 * people reach who have logged in and whose role allows it. What a browser does with a cookie must come from our own pages.
 */
public final class Door implements RouteGroup {

    private static final String PERSON = "person";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** Paths that take another role than their method says; the first that fits counts. */
    private static final List<Rule> RULES = List.of(
            new Rule("/(files|checkout)/.*", FarmRole.ARTIST),
            new Rule("/kick", FarmRole.WRANGLER),
            new Rule("/api/v1/(backup|audit)", FarmRole.ADMIN),
            new Rule("/restart-to-websetup", FarmRole.ADMIN),
            new Rule("/setup/.*", FarmRole.ADMIN));

    private final People people;
    private final AuditLog audit;
    private List<Pattern> before = List.of();
    /** Found at the first request, when all routes are there. */
    private Supplier<List<Pattern>> behind = List::of;

    /** @param audit remembers what is changed by whom */
    public Door(People people, AuditLog audit) {
        this.people = people;
        this.audit = audit;
    }

    private record Rule(Pattern path, FarmRole role) {
        Rule(String path, FarmRole role) {
            this(Pattern.compile(path), role);
        }
    }

    @Override
    public void addTo(Router router) {
        List<Route> known = router.getRoutes();
        this.before = patterns(known.stream());
        this.behind = () -> {
            List<Pattern> found = patterns(router.getRoutes().stream().skip(known.size()));
            behind = () -> found;
            return found;
        };
        router.route().handler(this::check);
    }

    /** Who sends the request, once they came through the door. */
    public static Optional<Person> person(RoutingContext context) {
        return Optional.ofNullable(context.<@Nullable Person>get(PERSON));
    }

    private void check(RoutingContext context) {
        if (isOnlyBefore(context.normalizedPath())) {
            context.fail(405);
        } else {
            ask(context);
        }
    }

    private void ask(RoutingContext context) {
        switch (people.sender(context.request())) {
            case Known(Person person, boolean byCookie) -> let(context, person, byCookie);
            case Expired expired -> refuse(context, 498, "The token has expired; log in again.");
            case Unknown(String reason) -> {
                context.response().putHeader("WWW-Authenticate", "Bearer realm=\"Flamenco Manager\"");
                refuse(context, 401, reason);
            }
        }
    }

    private void let(RoutingContext context, Person person, boolean byCookie) {
        HttpServerRequest request = context.request();
        FarmRole needed = needed(context);
        if (needed.compareTo(FarmRole.VIEWER) > 0) {
            context.addEndHandler(ended -> remember(context, person));
        }
        if (!person.role().covers(needed)) {
            refuse(
                    context,
                    403,
                    "This takes the role " + needed.word() + "; " + person.name() + " has the role "
                            + person.role().word() + ".");
        } else if (byCookie && needed.compareTo(FarmRole.VIEWER) > 0 && fromElsewhere(request)) {
            refuse(context, 403, "Only pages of this Manager can do this with the log-in of a browser.");
        } else {
            context.put(PERSON, person);
            context.response().putHeader("x-user-id-from-token", person.id());
            context.next();
        }
    }

    private void remember(RoutingContext context, Person person) {
        audit.changed(
                person,
                WorkerCalls.seen(context).address(),
                context.request().method().name(),
                context.normalizedPath(),
                context.response().getStatusCode());
    }

    private static FarmRole needed(RoutingContext context) {
        String path = WebPaths.asRouted(context);
        return RULES.stream()
                .filter(rule -> rule.path().matcher(path).matches())
                .map(Rule::role)
                .findFirst()
                .orElse(READING.contains(context.request().method()) ? FarmRole.VIEWER : FarmRole.WRANGLER);
    }

    /** A browser names the page that sends a change; a request that names none comes from no page. */
    private static boolean fromElsewhere(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        return foreignSite || (site == null && OwnOrigin.isForeign(request));
    }

    /** It has a known address, but cannot be used like that, whoever asks. */
    private boolean isOnlyBefore(String path) {
        return answers(before, path) && !answers(behind.get(), path);
    }

    private static boolean answers(List<Pattern> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
    }

    private static List<Pattern> patterns(Stream<Route> routes) {
        return routes.filter(route -> route.getPath() != null)
                .map(RouteMethods::pathOf)
                .toList();
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        context.fail(new HttpFailure(status, sentence));
    }
}

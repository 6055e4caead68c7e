package io.flamenco.server.http;

import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.ReportedWorkers;
import io.flamenco.server.store.ReportedWorkers.Crew;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /api/v1/managers}: which Managers there are, when they were heard, what they are called, and shutting one out. */
final class ManagerRoutes {

    /** A Manager that tells of its Workers does so several times a minute. */
    private static final Duration SILENT_AFTER = Duration.ofMinutes(1);

    private final Managers managers;
    private final ReportedWorkers reported;
    private final ChangeFacts facts;
    private final Clock clock;

    ManagerRoutes(Managers managers, ReportedWorkers reported, ChangeFacts facts, Clock clock) {
        this.managers = managers;
        this.reported = reported;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router, String base) {
        router.get(base + "/managers").handler(Answering.with(this::list));
        router.patch(base + "/managers/:mid").handler(Answering.with(this::edit));
        router.post(base + "/managers/:mid/revoke").handler(Answering.with(this::revoke));
    }

    private Future<Void> edit(RoutingContext context) {
        JsonObject body = Requests.object(context);
        return found(context).compose(manager -> {
            ManagerEdit edit = ManagerEdit.read(body, manager);
            if (!edit.mistakes().isEmpty()) {
                throw new HttpFailure(422, edit.sentence());
            }
            return managers.describe(manager.id(), edit.name(), edit.description(), clock.instant())
                    .compose(done -> facts.manager(manager.id(), ServerFacts.CHANGED))
                    .compose(told -> found(context))
                    .compose(after -> Answers.json(context, JobJson.manager(after)));
        });
    }

    private Future<StoredManager> found(RoutingContext context) {
        ManagerId id = Requests.id(context, "mid", ManagerId::new);
        return managers.find(id)
                .map(found -> found.orElseThrow(() -> new HttpFailure(404, "There is no Manager " + id + ".")));
    }

    private Future<Void> list(RoutingContext context) {
        int limit = Requests.limit(context);
        return managers.page(ListRoutes.mark(context, Managers.ORDER), limit + 1)
                .compose(found -> reported.all()
                        .map(ManagerRoutes::lastReports)
                        .compose(reports -> Answers.json(
                                context,
                                ListRoutes.page(
                                        "managers",
                                        found,
                                        limit,
                                        one -> shown(one, reports.getOrDefault(one.id(), one.updated())),
                                        StoredManager::mark))));
    }

    private static Map<ManagerId, Instant> lastReports(List<Crew> crews) {
        return crews.stream().collect(Collectors.toMap(Crew::manager, Crew::reported));
    }

    private JsonObject shown(StoredManager manager, Instant report) {
        Instant heard = report.isAfter(manager.updated()) ? report : manager.updated();
        return JobJson.manager(manager)
                .put("heard", heard.toString())
                .put("silent", heard.plus(SILENT_AFTER).isBefore(clock.instant()));
    }

    /** From then on it has a token that nobody knows, until it is linked again. */
    private Future<Void> revoke(RoutingContext context) {
        return found(context)
                .compose(manager -> managers.renewToken(manager.id(), SecretFiles.newSecret(), clock.instant())
                        .compose(renewed -> facts.manager(manager.id(), ServerFacts.REVOKED)))
                .compose(told -> Answers.nothing(context));
    }
}

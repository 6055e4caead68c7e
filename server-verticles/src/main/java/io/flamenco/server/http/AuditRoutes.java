package io.flamenco.server.http;

import io.flamenco.server.store.AuditLog;
import io.flamenco.server.store.AuditLog.Entry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;

/** {@code /api/v1/audit}: admins read who changed what. */
final class AuditRoutes {

    private final AuditLog log;

    AuditRoutes(AuditLog log) {
        this.log = log;
    }

    void mount(Router router, String base) {
        router.get(base + "/audit").handler(Answering.with(this::list));
    }

    private Future<Void> list(RoutingContext context) {
        int limit = Requests.limit(context);
        Optional<String> thing = Requests.queryId(context, "thing", id -> id).map(id -> id.toLowerCase(Locale.ROOT));
        return log.page(
                        Requests.query(context, "user"),
                        thing,
                        Requests.queryId(context, "cursor", id -> id),
                        limit + 1)
                .compose(found -> {
                    JsonArray list = new JsonArray();
                    found.stream().limit(limit).map(AuditRoutes::shown).forEach(list::add);
                    String next = found.size() > limit ? found.get(limit - 1).id() : null;
                    return Answers.secret(
                            context, new JsonObject().put("entries", list).put("next", next));
                });
    }

    private static JsonObject shown(Entry entry) {
        return new JsonObject()
                .put("id", entry.id())
                .put("at", entry.deed().at().toString())
                .put("request_id", entry.deed().request())
                .put("user", entry.deed().user())
                .put("user_id", entry.deed().userId())
                .put("means", entry.deed().means())
                .put("from", entry.deed().from())
                .put("operation", entry.deed().operation())
                .put("thing", entry.deed().thing())
                .put("status", entry.deed().status())
                .put("said", entry.deed().said());
    }
}

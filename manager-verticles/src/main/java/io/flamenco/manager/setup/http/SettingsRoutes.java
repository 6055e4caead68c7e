package io.flamenco.manager.setup.http;

import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.setup.SettingsDocument;
import io.flamenco.manager.setup.blocking.Checks;
import io.flamenco.manager.setup.blocking.SettingsFile;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The settings: shown without secrets, saved only when a Manager can start with them. YAML as in the Flamenco 2 protocol, or JSON
 * of the same shape.
 */
public final class SettingsRoutes implements RouteGroup {

    private static final String YAML = "application/x-yaml";
    private static final String JSON = "application/json";
    private static final long LARGEST_BODY = 256 * 1024;

    private final Vertx vertx;
    private final SettingsFile file;
    private final Path dataDirectory;
    private final Supplier<List<URI>> ownUrls;

    /** @param ownUrls under which the Manager may be reached */
    public SettingsRoutes(Vertx vertx, SettingsFile file, Path dataDirectory, Supplier<List<URI>> ownUrls) {
        this.vertx = vertx;
        this.file = file;
        this.dataDirectory = dataDirectory;
        this.ownUrls = ownUrls;
    }

    @Override
    public void addTo(Router router) {
        router.get("/setup/data").handler(this::show);
        router.post("/setup/data").handler(new LimitedBody(LARGEST_BODY)).handler(this::save);
        router.get("/setup/api/checks").handler(this::check);
    }

    private void show(RoutingContext context) {
        boolean json =
                String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT)).contains(JSON);
        vertx.executeBlocking(() -> {
                    JsonObject shown = shown(context);
                    context.response().putHeader(HttpHeaders.ETAG, file.version());
                    return json
                            ? shown.put("yaml", SettingsFile.text(shown.getJsonObject("config")))
                                    .toBuffer()
                            : Buffer.buffer(SettingsFile.text(shown));
                })
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, json ? JSON : YAML)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(text))
                .onFailure(failure -> fail(context, failure));
    }

    private JsonObject shown(RoutingContext context) throws IOException {
        JsonObject config = file.read().shown(dataDirectory);
        String used = String.valueOf(context.request().authority());
        JsonArray urls = new JsonArray();
        for (URI url : ownUrls.get()) {
            JsonObject candidate = new JsonObject().put("url", url.toString());
            if (used.equals(url.getAuthority())) {
                candidate.put("is_used_for_setup", true);
            }
            if (url.toString().equals(config.getString("own_url"))) {
                candidate.put("is_current_in_config", true);
            }
            urls.add(candidate);
        }
        return new JsonObject().put("own_urls", urls).put("config", config);
    }

    private void save(RoutingContext context) {
        String type = String.valueOf(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .toLowerCase(Locale.ROOT)
                .split(";", 2)[0]
                .strip();
        if (!type.equals(YAML) && !type.equals(JSON)) {
            throw new HttpFailure(406, "Send the settings as " + YAML + " or " + JSON + ".");
        }
        String body =
                context.body().asString("UTF-8") == null ? "" : context.body().asString("UTF-8");
        String seen = context.request().getHeader(HttpHeaders.IF_MATCH);
        vertx.<Void>executeBlocking(() -> {
                    if (seen != null && !seen.equals(file.version())) {
                        throw new HttpFailure(
                                412, "Somebody else saved settings meanwhile; reload, and change them again.");
                    }
                    JsonObject sent = type.equals(JSON) ? new JsonObject(body) : SettingsFile.parse(body);
                    SettingsDocument edited = file.read().edited(sent, dataDirectory);
                    edited.checked("The settings", dataDirectory);
                    file.write(edited);
                    return null;
                })
                .onSuccess(saved -> context.response().setStatusCode(204).end())
                .onFailure(failure -> fail(context, failure));
    }

    private void check(RoutingContext context) {
        vertx.executeBlocking(() -> Checks.of(file.read().checked("The settings", dataDirectory)))
                .compose(checks -> {
                    JsonArray list = new JsonArray();
                    checks.forEach(check -> list.add(new JsonObject()
                            .put("name", check.name())
                            .put("fine", check.fine())
                            .put("text", check.remedy())));
                    return Future.succeededFuture(new JsonObject().put("checks", list));
                })
                .onSuccess(answer -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(answer.toBuffer()))
                .onFailure(failure -> fail(context, failure));
    }

    private static void fail(RoutingContext context, Throwable failure) {
        boolean wrong = failure instanceof ConfigurationException
                || failure instanceof YAMLException
                || failure instanceof DecodeException
                || failure instanceof ClassCastException;
        context.fail(wrong ? new HttpFailure(400, String.valueOf(failure.getMessage())) : failure);
    }
}

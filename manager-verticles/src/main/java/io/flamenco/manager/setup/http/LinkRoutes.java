package io.flamenco.manager.setup.http;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.setup.LinkAttempt;
import io.flamenco.manager.setup.LinkClient;
import io.flamenco.manager.setup.SettingsDocument;
import io.flamenco.manager.setup.blocking.SettingsFile;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ObjectIds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Links the Manager with a Server (Flamenco 2 protocol). One link is made at a time; a new one replaces the one before. */
public final class LinkRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LinkRoutes.class);
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.-]+(:\\d{1,5})?|\\[[0-9A-Fa-f:.]+](:\\d{1,5})?");

    private final Vertx vertx;
    private final SettingsFile file;
    private final Optional<ManagerConfig> config;
    private final LinkClient client;
    private @Nullable LinkAttempt attempt;

    /** @param config the settings as they were at the start; empty when they were wrong */
    public LinkRoutes(Vertx vertx, SettingsFile file, Optional<ManagerConfig> config) {
        this.vertx = vertx;
        this.file = file;
        this.config = config;
        this.client = new LinkClient(vertx);
    }

    /** What only those reach who may set the Manager up. */
    public RouteGroup forAdmins() {
        return router -> {
            router.route("/setup/api/link-required").handler(this::required);
            router.get("/setup/api/link-start").handler(this::begin);
            router.post("/setup/api/link-start").handler(this::begin);
        };
    }

    /** Where the Server sends the browser back; only the Server can make the proof, and that is enough. */
    public RouteGroup forTheServer() {
        return router -> router.route("/setup/link-return").handler(this::comeBack);
    }

    private void required(RoutingContext context) {
        Future<Boolean> linked = config.flatMap(ManagerConfig::link)
                .map(link -> client.linked(config.get().flamenco(), link))
                .orElseGet(() -> Future.succeededFuture(false));
        linked.onSuccess(known -> json(
                        context,
                        new JsonObject()
                                .put("link_required", !known)
                                .put(
                                        "server_url",
                                        config.map(settings ->
                                                        settings.flamenco().toString())
                                                .orElse(null))))
                .onFailure(context::fail);
    }

    private void begin(RoutingContext context) {
        context.request().resume();
        URI server = context.queryParam("server").stream()
                .findFirst()
                .filter(text -> !text.isBlank())
                .map(LinkRoutes::httpUrl)
                .orElseThrow(() -> new HttpFailure(400, "Name the Server, as in ?server=http://server.studio:8090/."));
        client.begin(server, ownUrl(context))
                .onSuccess(begun -> {
                    attempt = begun;
                    json(
                            context,
                            new JsonObject().put("location", begun.chooseAt().toString()));
                })
                .onFailure(context::fail);
    }

    private void comeBack(RoutingContext context) {
        context.request().resume();
        String manager = context.queryParam("oid").stream().findFirst().orElse("");
        String hmac = context.queryParam("hmac").stream().findFirst().orElse("");
        if (manager.isEmpty() || hmac.isEmpty()) {
            throw new HttpFailure(400, "The Server did not say which Manager was chosen; start linking again.");
        }
        LinkAttempt begun = attempt;
        if (begun == null) {
            seeOther(context, "/setup");
            return;
        }
        if (!ObjectIds.isValid(manager) || !begun.chose(manager, hmac)) {
            throw new HttpFailure(
                    400, "This does not come from the Server with which the link was begun; start again.");
        }
        attempt = null;
        client.finish(begun, manager)
                .compose(secret -> save(begun, manager, secret))
                .onSuccess(saved -> {
                    LOG.info("The Manager is linked. server={} manager={}", begun.server(), manager);
                    seeOther(context, "/setup/link-done");
                })
                .onFailure(context::fail);
    }

    private Future<Void> save(LinkAttempt begun, String manager, String secret) {
        return vertx.executeBlocking(() -> {
            SettingsDocument linked =
                    file.read().linked(begun.server().resolve("/").toString(), manager, secret);
            file.write(linked);
            return null;
        });
    }

    /** The URL that the person's browser uses now. */
    private static URI ownUrl(RoutingContext context) {
        String authority = String.valueOf(context.request().authority());
        if (!AUTHORITY.matcher(authority).matches()) {
            throw new HttpFailure(400, "The Host of this request is none.");
        }
        return URI.create((context.request().isSSL() ? "https://" : "http://") + authority + "/");
    }

    private static URI httpUrl(String text) {
        try {
            URI url = URI.create(text.strip());
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            throw new HttpFailure(400, "The Server's URL is malformed; write it as http://server.studio:8090/.");
        }
        throw new HttpFailure(400, "The Server's URL must begin with http:// or https://.");
    }

    private static void seeOther(RoutingContext context, String path) {
        context.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, path)
                .end();
    }

    private static void json(RoutingContext context, JsonObject answer) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(answer.toBuffer());
    }
}

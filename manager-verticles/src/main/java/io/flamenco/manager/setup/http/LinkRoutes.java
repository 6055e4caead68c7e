package io.flamenco.manager.setup.http;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.setup.LinkAttempt;
import io.flamenco.manager.setup.LinkClient;
import io.flamenco.manager.setup.SettingsDocument;
import io.flamenco.manager.setup.blocking.SettingsFile;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.RouteMethods;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.trust.CertificateCheck;
import io.flamenco.shared.trust.Fingerprint;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.shared.trust.UntrustedCertificate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
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
    private @Nullable Begun begun;

    /**
     * A link that waits for the person to come back.
     *
     * @param client asks the Server
     * @param trust by what the Server was recognised
     */
    private record Begun(LinkAttempt attempt, LinkClient client, PeerTrust trust) {}

    /** @param config the settings as they were at the start; empty when they were wrong */
    public LinkRoutes(Vertx vertx, SettingsFile file, Optional<ManagerConfig> config) {
        this.vertx = vertx;
        this.file = file;
        this.config = config;
    }

    /** What only those reach who may set the Manager up. */
    public RouteGroup forAdmins() {
        return router -> {
            router.route("/setup/api/link-required").handler(this::required);
            RouteMethods.changing(router.get("/setup/api/link-start")).handler(this::begin);
            router.post("/setup/api/link-start").handler(this::begin);
        };
    }

    /** Where the Server sends the browser back; only the Server can make the proof, and that is enough. */
    public RouteGroup forTheServer() {
        return router -> router.route("/setup/link-return").handler(this::comeBack);
    }

    private void required(RoutingContext context) {
        linked().onSuccess(known -> json(
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

    private Future<Boolean> linked() {
        if (config.flatMap(ManagerConfig::link).isEmpty()) {
            return Future.succeededFuture(false);
        }
        ManagerConfig settings = config.get();
        return client(settings.serverTrust())
                .compose(client -> client.linked(
                                settings.flamenco(), settings.link().orElseThrow())
                        .onComplete(answered -> client.close()));
    }

    /** Reads what Java trusts, which takes its time. */
    private Future<LinkClient> client(PeerTrust trust) {
        return vertx.executeBlocking(() -> CertificateCheck.of(trust)).map(check -> new LinkClient(vertx, check));
    }

    /** What people confirmed counts; else what the settings say, if they are about this Server. */
    private PeerTrust trust(URI server, List<String> confirmed) {
        PeerTrust known = config.filter(settings ->
                        server.getAuthority().equals(settings.flamenco().getAuthority()))
                .map(ManagerConfig::serverTrust)
                .orElseGet(() -> PeerTrust.usual(ManagerConfig.SERVER));
        return confirmed.stream()
                .filter(text -> !text.isBlank())
                .findFirst()
                .map(LinkRoutes::fingerprint)
                .map(known::pinned)
                .orElse(known);
    }

    private static Fingerprint fingerprint(String written) {
        try {
            return Fingerprint.parse(written);
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "The fingerprint is none: it has 64 hexadecimal digits.");
        }
    }

    private void begin(RoutingContext context) {
        context.request().resume();
        URI server = context.queryParam("server").stream()
                .findFirst()
                .filter(text -> !text.isBlank())
                .map(LinkRoutes::httpUrl)
                .orElseThrow(() -> new HttpFailure(400, "Name the Server, as in ?server=http://server.studio:8090/."));
        URI ownUrl = ownUrl(context);
        PeerTrust trust = trust(server, context.queryParam("fingerprint"));
        client(trust)
                .compose(client -> client.begin(server, ownUrl).map(attempt -> new Begun(attempt, client, trust)))
                .onSuccess(beginning -> {
                    begun = beginning;
                    URI chooseAt = beginning.attempt().chooseAt();
                    json(context, new JsonObject().put("location", chooseAt.toString()));
                })
                .onFailure(failure -> refuse(context, failure));
    }

    /** Only a person can tell whether the fingerprint is that of the Server. */
    private static void refuse(RoutingContext context, Throwable failure) {
        if (failure instanceof UntrustedCertificate untrusted) {
            json(
                    context,
                    new JsonObject()
                            .put("confirm_fingerprint", untrusted.shown().toString()));
        } else {
            context.fail(failure);
        }
    }

    private void comeBack(RoutingContext context) {
        context.request().resume();
        String manager = context.queryParam("oid").stream().findFirst().orElse("");
        String hmac = context.queryParam("hmac").stream().findFirst().orElse("");
        if (manager.isEmpty() || hmac.isEmpty()) {
            throw new HttpFailure(400, "The Server did not say which Manager was chosen; start linking again.");
        }
        Begun beginning = begun;
        if (beginning == null) {
            seeOther(context, "/setup");
            return;
        }
        if (!ObjectIds.isValid(manager) || !beginning.attempt().chose(manager, hmac)) {
            throw new HttpFailure(
                    400, "This does not come from the Server with which the link was begun; start again.");
        }
        begun = null;
        LinkAttempt attempt = beginning.attempt();
        beginning
                .client()
                .finish(attempt, manager)
                .compose(secret -> save(attempt, beginning.trust(), manager, secret))
                .onSuccess(saved -> {
                    LOG.info("The Manager is linked. server={} manager={}", attempt.server(), manager);
                    seeOther(context, "/setup/link-done");
                })
                .onFailure(context::fail);
    }

    private Future<Void> save(LinkAttempt attempt, PeerTrust trust, String manager, String secret) {
        return vertx.executeBlocking(() -> {
            SettingsDocument linked =
                    file.read().linked(attempt.server().resolve("/").toString(), trust.fingerprint(), manager, secret);
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

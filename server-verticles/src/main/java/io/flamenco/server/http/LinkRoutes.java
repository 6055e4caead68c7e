package io.flamenco.server.http;

import io.flamenco.server.domain.Action;
import io.flamenco.server.store.LinkingKeys;
import io.flamenco.server.store.LinkingKeys.LinkingKey;
import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.token.LinkMac;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.secret.SecretFiles;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Links a Manager to this Server, in the steps of the Flamenco 2 protocol: the Manager hands over a secret; its user's browser
 * comes with a proof made from it, and chooses; the Manager fetches its token with another proof. Instead of logging in, the
 * user types the API token.
 */
final class LinkRoutes {

    private static final Duration KEY_LIVES = Duration.ofMinutes(15);
    private static final int SHORTEST_KEY_BYTES = 16;
    private static final int LONGEST_KEY_BYTES = 1_024;
    private static final int MOST_KEYS = 100;
    private static final int LONGEST_NAME = 128;
    private static final long LARGEST_BODY_BYTES = 16L << 10;
    private static final Duration TOKEN_LIVES = Duration.ofDays(36_500);
    private static final String NEW = "new";

    private final Managers managers;
    private final LinkingKeys keys;
    private final Access access;
    private final OtherSites otherSites;
    private final ChangeFacts facts;
    private final Clock clock;

    LinkRoutes(
            Managers managers, LinkingKeys keys, Access access, OtherSites otherSites, ChangeFacts facts, Clock clock) {
        this.managers = managers;
        this.keys = keys;
        this.access = access;
        this.otherSites = otherSites;
        this.facts = facts;
        this.clock = clock;
    }

    void mount(Router router) {
        LimitedBody body = new LimitedBody(LARGEST_BODY_BYTES);
        String api = "/api/flamenco/managers/link";
        router.post(api + "/exchange").handler(body).handler(Answering.with(this::exchange));
        router.post(api + "/reset-token").handler(body).handler(Answering.with(this::resetToken));
        router.get("/flamenco/managers/link/choose").handler(Answering.with(this::offer));
        router.post("/flamenco/managers/link/choose").handler(body).handler(Answering.with(this::choose));
    }

    private Future<Void> exchange(RoutingContext context) {
        byte[] secret = secret(Requests.object(context).getValue("key") instanceof String key ? key : "");
        Instant now = clock.instant();
        return keys.count()
                .compose(count -> count >= MOST_KEYS
                        ? Future.failedFuture(new HttpFailure(
                                429, "Too many Managers are being linked at once; try again in a quarter of an hour."))
                        : keys.insert(secret, now, now.plus(KEY_LIVES)))
                .compose(identifier -> json(context, new JsonObject().put("identifier", identifier)));
    }

    private static byte[] secret(String hex) {
        try {
            byte[] secret = HexFormat.of().parseHex(hex);
            if (secret.length >= SHORTEST_KEY_BYTES && secret.length <= LONGEST_KEY_BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "The key must be hexadecimal digits.");
        }
        throw new HttpFailure(400, "The key must have at least " + SHORTEST_KEY_BYTES + " bytes.");
    }

    /** What the browser brings along, checked. */
    private record Link(LinkingKey key, URI returnTo) {}

    private Future<Link> link(RoutingContext context) {
        String identifier = Requests.query(context, "identifier").orElse("");
        String returnTo = Requests.query(context, "return").orElse("");
        String hmac = Requests.query(context, "hmac").orElse("");
        if (!ObjectIds.isValid(identifier)) {
            throw new HttpFailure(400, "The identifier of the link is malformed.");
        }
        return keys.find(identifier, clock.instant()).map(found -> {
            LinkingKey key = found.orElseThrow(
                    () -> new HttpFailure(410, "This link is not known any more; start linking again in the Manager."));
            if (!LinkMac.fits(key.bytes(), identifier + "-" + returnTo, hmac)) {
                throw new HttpFailure(400, "The link does not come from the Manager that asked for it.");
            }
            return new Link(key, httpUrl(returnTo));
        });
    }

    private static URI httpUrl(String text) {
        try {
            URI url = URI.create(text);
            if (("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "The address to return to is malformed.");
        }
        throw new HttpFailure(400, "The address to return to must be one of http or https.");
    }

    private Future<Void> offer(RoutingContext context) {
        return access.caller(context).compose(caller -> {
            if (caller.isEmpty() || caller.get().held()) {
                String here = URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
                return context.response()
                        .setStatusCode(303)
                        .putHeader(HttpHeaders.LOCATION, "/login?next=" + here)
                        .end();
            }
            refuseOthers(caller.get());
            return link(context).compose(link -> managers.all().compose(all -> page(context, link, all)));
        });
    }

    private static void refuseOthers(Caller caller) {
        if (caller.held() || !Action.MANAGE_MANAGERS.allowedTo(caller.role())) {
            throw new HttpFailure(403, "Only an admin links Managers; " + caller.name() + " is none.");
        }
    }

    /** A browser follows the redirect that ends this form only to where the policy lets it. */
    private static Future<Void> page(RoutingContext context, Link link, List<StoredManager> all) {
        String origin = link.returnTo().getScheme() + "://" + link.returnTo().getAuthority();
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; form-action 'self' "
                                + origin)
                .end(LinkPage.html(all));
    }

    private Future<Void> choose(RoutingContext context) {
        otherSites.refuseForm(context.request());
        return access.caller(context)
                .compose(caller -> {
                    refuseOthers(caller.orElseThrow(
                            () -> new HttpFailure(403, "Log in first; only an admin links Managers.")));
                    return link(context);
                })
                .compose(link -> chosen(context)
                        .compose(manager -> keys.choose(link.key().identifier(), manager)
                                .compose(remembered -> goBack(context, link, manager))));
    }

    private Future<ManagerId> chosen(RoutingContext context) {
        String id = Optional.ofNullable(context.request().getFormAttribute("manager-id"))
                .orElse("");
        if (NEW.equals(id)) {
            String name = Optional.ofNullable(context.request().getFormAttribute("manager-name"))
                    .orElse("")
                    .strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                throw new HttpFailure(422, "A new Manager needs a name of 1 to " + LONGEST_NAME + " characters.");
            }
            return managers.all().compose(all -> {
                if (all.stream().anyMatch(other -> other.name().equals(name))) {
                    throw new HttpFailure(
                            422, "There is a Manager called \"" + name + "\" already; choose it, or another name.");
                }
                ManagerId manager = ManagerId.next();
                return managers.put(manager, name, SecretFiles.newSecret(), clock.instant())
                        .compose(stored -> facts.manager(manager, ServerFacts.ADDED))
                        .map(manager);
            });
        }
        if (!ObjectIds.isValid(id)) {
            throw new HttpFailure(422, "Choose a Manager, or a new one.");
        }
        ManagerId manager = new ManagerId(id);
        return managers.find(manager)
                .map(found -> found.map(StoredManager::id)
                        .orElseThrow(() -> new HttpFailure(422, "There is no Manager " + manager + ".")));
    }

    private static Future<Void> goBack(RoutingContext context, Link link, ManagerId manager) {
        AuditTrail.made(context, manager.hex());
        String proof = LinkMac.of(link.key().bytes(), link.key().identifier() + "-" + manager);
        URI to = link.returnTo();
        String path = to.getRawPath() == null ? "" : to.getRawPath();
        String location = to.getScheme() + "://" + to.getRawAuthority() + path + "?hmac=" + proof + "&oid=" + manager;
        return context.response()
                .setStatusCode(307)
                .putHeader(HttpHeaders.LOCATION, location)
                .end();
    }

    private Future<Void> resetToken(RoutingContext context) {
        JsonObject body = Requests.object(context);
        String identifier = text(body, "identifier");
        String manager = text(body, "manager_id");
        String message = text(body, "padding") + "-" + identifier + "-" + manager;
        if (!ObjectIds.isValid(identifier) || !ObjectIds.isValid(manager)) {
            throw new HttpFailure(400, "An id is malformed.");
        }
        ManagerId id = new ManagerId(manager);
        return keys.find(identifier, clock.instant()).compose(found -> {
            boolean proved = found.filter(key -> key.manager().equals(Optional.of(id)))
                    .filter(key -> LinkMac.fits(key.bytes(), message, text(body, "hmac")))
                    .isPresent();
            if (!proved) {
                throw new HttpFailure(400, "The proof does not fit; start linking again.");
            }
            AuditTrail.made(context, id.hex());
            String token = "SRV" + SecretFiles.newSecret();
            return managers.renewToken(id, token, clock.instant())
                    .compose(renewed -> facts.manager(id, ServerFacts.LINKED))
                    .compose(told -> keys.removeOf(id))
                    .compose(removed -> json(
                            context,
                            new JsonObject()
                                    .put("token", token)
                                    .put(
                                            "expire_time",
                                            JsonDates.document(clock.instant().plus(TOKEN_LIVES)))));
        });
    }

    private static String text(JsonObject body, String key) {
        return body.getValue(key) instanceof String text ? text : "";
    }

    private static Future<Void> json(RoutingContext context, JsonObject body) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}

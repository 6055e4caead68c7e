package io.flamenco.server.http;

import io.flamenco.server.store.AuditLog;
import io.flamenco.server.store.AuditLog.Deed;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each request an id, and writes down what people change once it is answered: all that somebody with credentials tried
 * to change, every log-in, every token for a Manager, and the linking of Managers. What strangers are refused is not written
 * down, so that they cannot fill the log; neither are the everyday reports of Managers.
 */
final class AuditTrail implements Handler<RoutingContext> {

    /** Says which thing a request made, where its path does not. */
    private static final String THING = "audit-thing";

    private static final String REQUEST_ID = "X-Request-Id";
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final Pattern ID = Pattern.compile("/([0-9a-fA-F]{24})(?=/|$)");
    private static final Pattern SECRET = Pattern.compile(".*(password|token|secret|key|hmac|padding).*");
    private static final Pattern TOLD_WITHOUT_CALLER =
            Pattern.compile("/api/v1/login|/api/flamenco/managers/link/(exchange|reset-token)");
    private static final String TOKENS = "/api/flamenco/jwt/generate-token/";
    private static final int LONGEST_BODY = 64 << 10;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_KEYS = 30;

    private final AuditLog log;
    private final Clock clock;

    AuditTrail(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Notes what a request made. */
    static void made(RoutingContext context, String thing) {
        context.put(THING, thing);
    }

    @Override
    public void handle(RoutingContext context) {
        String request = UUID.randomUUID().toString();
        context.response().putHeader(REQUEST_ID, request);
        context.addEndHandler(ended -> {
            if (worthIt(context)) {
                log.add(deed(context, request))
                        .onFailure(failure -> LOG.error(
                                "A change could not be written to the audit log. request_id={}", request, failure));
            }
        });
        context.next();
    }

    private static boolean worthIt(RoutingContext context) {
        String path = context.normalizedPath();
        boolean known = Caller.of(context).isPresent();
        boolean reads = RequiredAction.reads(context.request().method());
        return (known && (!reads || path.startsWith(TOKENS)))
                || (!reads && TOLD_WITHOUT_CALLER.matcher(path).matches());
    }

    private Deed deed(RoutingContext context, String request) {
        Optional<Caller> caller = Caller.of(context);
        return new Deed(
                clock.instant(),
                request,
                caller.map(Caller::name).orElse(""),
                caller.map(one -> one.user().hex()).orElse(""),
                caller.map(one -> one.means().word()).orElse(""),
                context.request().remoteAddress().hostAddress(),
                context.request().method() + " " + pattern(context),
                thing(context),
                context.response().getStatusCode(),
                said(context));
    }

    private static String pattern(RoutingContext context) {
        return ID.matcher(context.normalizedPath()).replaceAll("/{id}");
    }

    private static String thing(RoutingContext context) {
        String made = context.get(THING);
        if (made != null) {
            return made;
        }
        Matcher id = ID.matcher(context.normalizedPath());
        return id.find() ? id.group(1).toLowerCase(Locale.ROOT) : "";
    }

    private static JsonObject said(RoutingContext context) {
        Buffer body = context.body() == null ? null : context.body().buffer();
        JsonObject said = new JsonObject();
        if (body == null || body.length() == 0 || body.length() > LONGEST_BODY) {
            return said;
        }
        try {
            new JsonObject(body)
                    .stream()
                            .limit(MOST_KEYS)
                            .forEach(entry ->
                                    said.put(shortened(entry.getKey()), told(entry.getKey(), entry.getValue())));
        } catch (DecodeException | ClassCastException noJson) {
            return said;
        }
        return said;
    }

    private static Object told(String key, @Nullable Object value) {
        if (SECRET.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
            return "(not kept)";
        }
        if (value instanceof JsonObject) {
            return "{…}";
        }
        if (value instanceof JsonArray list) {
            return list.size() + " items";
        }
        return value instanceof Number || value instanceof Boolean ? value : shortened(String.valueOf(value));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}

package io.flamenco.manager.http;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.wire.Registration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /register-worker}: a new Worker introduces itself and gets its id. */
public final class RegistrationRoutes implements RouteGroup {

    private static final int MOST_BYTES = 64 * 1024;
    private static final int LONGEST_TEXT = 1024;
    private static final int MOST_TASK_TYPES = 1000;

    private final Vertx vertx;
    private final FarmBus bus;
    private final Clock clock;
    private final Optional<RegistrationToken> tokens;
    private final RateLimit limit;
    private final Passwords passwords = new Passwords();

    /**
     * @param secret what new Workers prove to know; empty to take anybody
     * @param limit how often one address may try
     */
    public RegistrationRoutes(Vertx vertx, FarmBus bus, Clock clock, String secret, RateLimit limit) {
        this.vertx = vertx;
        this.bus = bus;
        this.clock = clock;
        this.limit = limit;
        this.tokens = secret.isEmpty() ? Optional.empty() : Optional.of(new RegistrationToken(secret));
    }

    @Override
    public void addTo(Router router) {
        router.post("/register-worker").handler(this::register);
    }

    private void register(RoutingContext context) {
        Optional<Duration> wait = limit.take(WorkerCalls.seen(context).address());
        if (wait.isPresent()) {
            context.response()
                    .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.get().toSeconds() + 1));
            Answers.text(context, 429, "Too many Workers register from this address; try again later\n");
            return;
        }
        String refusal = refusal(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (!refusal.isEmpty()) {
            Answers.text(context, 403, refusal + "\n");
            return;
        }
        Bodies.json(context, Registration.class, MOST_BYTES)
                .compose(RegistrationRoutes::checked)
                .compose(registration -> store(context, registration))
                .onComplete(
                        worker -> Answers.json(context, 200, WorkerDocument.of(worker)),
                        failure -> refuse(context, failure));
    }

    private String refusal(@Nullable String header) {
        if (tokens.isEmpty()) {
            return "";
        }
        Optional<String> token = Credentials.bearer(header);
        if (token.isEmpty()) {
            return "Missing Bearer token for registration";
        }
        return tokens.get().isValid(token.get(), clock.instant()) ? "" : "Invalid Bearer token for registration";
    }

    private Future<WorkerView> store(RoutingContext context, Registration registration) {
        SocketAddress remote = context.request().remoteAddress();
        String address = remote == null ? "" : remote.hostAddress() + ":" + remote.port();
        return vertx.executeBlocking(() -> passwords.hash(registration.secret()), false)
                .compose(hash -> bus.ask(
                        WorkerOrders.REGISTER,
                        new WorkerOrders.Register(
                                hash,
                                registration.platform(),
                                registration.supportedTaskTypes(),
                                registration.nickname(),
                                address)));
    }

    private static Future<Registration> checked(Registration registration) {
        List<String> types = registration.supportedTaskTypes();
        boolean fits = registration.nickname().length() <= LONGEST_TEXT
                && registration.platform().length() <= LONGEST_TEXT
                && types.size() <= MOST_TASK_TYPES
                && types.stream().allMatch(type -> type.length() <= LONGEST_TEXT);
        return fits
                ? Future.succeededFuture(registration)
                : Future.failedFuture(new HttpFailure(
                        400, "Nickname, platform or task types are longer than a worker can need them."));
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (failure instanceof HttpFailure known && known.status() < 500) {
            Answers.text(context, known.status(), known.getMessage() + "\n");
        } else {
            Answers.text(context, 500, "Unable to store worker\n");
        }
    }
}

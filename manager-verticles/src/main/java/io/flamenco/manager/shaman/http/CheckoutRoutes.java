package io.flamenco.manager.shaman.http;

import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.shaman.ShamanMetrics;
import io.flamenco.manager.shaman.blocking.BlockingCall;
import io.flamenco.manager.shaman.blocking.BodyStream;
import io.flamenco.manager.shaman.blocking.Checkouts.Outcome;
import io.flamenco.manager.shaman.blocking.DefinitionText;
import io.flamenco.manager.shaman.blocking.Shaman;
import io.flamenco.manager.shaman.blocking.Shaman.Requirement;
import io.flamenco.manager.shaman.domain.CheckoutDefinition;
import io.flamenco.manager.shaman.domain.CheckoutId;
import io.flamenco.manager.shaman.domain.DefinitionException;
import io.flamenco.manager.shaman.domain.FileStatus;
import io.flamenco.shared.http.HttpFailure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a job are still to be sent, at {@code /checkout/requirements}, and the tree of links for a job, at {@code
 * /checkout/create/{id}} (Flamenco 2 protocol). Both take a definition as plain text and need credentials.
 */
public final class CheckoutRoutes implements RouteGroup {

    private static final Logger LOG = LoggerFactory.getLogger(CheckoutRoutes.class);

    private final Vertx vertx;
    private final Shaman shaman;
    private final Handler<RoutingContext> gate;
    private final ShamanMetrics metrics;
    private final Incoming incoming;

    /**
     * @param gate lets on only who shows credentials
     */
    public CheckoutRoutes(Vertx vertx, Shaman shaman, Handler<RoutingContext> gate, ShamanMetrics metrics) {
        this.vertx = vertx;
        this.shaman = shaman;
        this.gate = gate;
        this.metrics = metrics;
        this.incoming = new Incoming(vertx);
    }

    @Override
    public void addTo(Router router) {
        router.post("/checkout/requirements").handler(incoming).handler(gate).handler(this::requirements);
        router.post("/checkout/create/:checkout")
                .handler(incoming)
                .handler(gate)
                .handler(this::create);
    }

    private void requirements(RoutingContext context) {
        withDefinition(
                context,
                shaman::requirements,
                needed -> TextAnswers.text(
                        context, 200, needed.stream().map(CheckoutRoutes::line).collect(Collectors.joining())));
    }

    private void create(RoutingContext context) {
        CheckoutId id = id(context);
        withDefinition(
                context,
                definition -> shaman.checkouts().create(id, definition.requireOneTree()),
                outcome -> answer(context, outcome));
    }

    private void answer(RoutingContext context, Outcome outcome) {
        switch (outcome) {
            case Outcome.Created created -> {
                metrics.checkedOut();
                LOG.info("A checkout was made. path={}", created.relativePath());
                TextAnswers.text(context, 200, created.relativePath());
            }
            case Outcome.NameTaken taken ->
                context.fail(new HttpFailure(409, "There is a checkout of that name; choose another name."));
            case Outcome.Missing missing ->
                TextAnswers.text(
                        context,
                        400,
                        missing.paths().stream()
                                .map(path -> line(new Requirement(FileStatus.UNKNOWN, path)))
                                .collect(Collectors.joining()));
        }
    }

    /** Something to do with a definition, off the event loop. */
    @FunctionalInterface
    private interface Work<T> {

        T on(CheckoutDefinition definition) throws Exception;
    }

    private <T> void withDefinition(RoutingContext context, Work<T> work, Consumer<T> answer) {
        requireText(context);
        boolean gzip = Incoming.isGzip(context.request());
        BodyStream body = incoming.body(context.request());
        BlockingCall.begin(
                        vertx,
                        "shaman-checkout",
                        () -> work.on(CheckoutDefinition.parse(DefinitionText.read(body, gzip))))
                .outcome()
                .onSuccess(answer::accept)
                .onFailure(failure -> fail(context, failure));
    }

    private static void fail(RoutingContext context, Throwable failure) {
        switch (failure) {
            case DefinitionException wrong -> {
                LOG.warn("A checkout definition was refused. {}", wrong.getMessage());
                TextAnswers.text(context, 400, "ERROR " + wrong.getMessage() + "\n");
            }
            case BodyStream.SenderGone gone -> context.response().reset();
            case InvalidPathException unnameable ->
                context.fail(new HttpFailure(
                        500,
                        "This machine cannot write the name \"" + unnameable.getInput()
                                + "\"; start the Manager with a UTF-8 locale, such as LC_ALL=C.UTF-8."));
            default -> context.fail(failure);
        }
    }

    private static void requireText(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        String name = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!name.equals("text/plain")) {
            throw new HttpFailure(400, "Send the definition as text/plain.");
        }
    }

    private static CheckoutId id(RoutingContext context) {
        try {
            return new CheckoutId(context.pathParam("checkout"));
        } catch (IllegalArgumentException e) {
            throw new HttpFailure(400, "The name cannot be used: " + e.getMessage() + ".");
        }
    }

    private static String line(Requirement needed) {
        return (needed.status() == FileStatus.UPLOADING ? "already-uploading " : "file-unknown ")
                + needed.path()
                + "\n";
    }
}

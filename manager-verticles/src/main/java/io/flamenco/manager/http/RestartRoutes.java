package io.flamenco.manager.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.IntConsumer;

/** Ends the Manager so that it starts anew, set up or to be set up. The answer is sent before. */
public final class RestartRoutes implements RouteGroup {

    /** What a Manager ends with to be started again, as it works every day. */
    public static final int TO_WORK = 64;

    /** What a Manager ends with to be started again, to be set up. */
    public static final int TO_SETUP = 65;

    private final List<Restart> restarts;
    private final IntConsumer end;

    private record Restart(String path, int code) {}

    private RestartRoutes(List<Restart> restarts, IntConsumer end) {
        this.restarts = List.copyOf(restarts);
        this.end = end;
    }

    /** From the set-up, to work or to the set-up again. */
    public static RestartRoutes ofSetup(IntConsumer end) {
        return new RestartRoutes(
                List.of(new Restart("/setup/restart", TO_WORK), new Restart("/setup/restart-to-setup", TO_SETUP)), end);
    }

    /** From work to the set-up. */
    public static RestartRoutes ofManager(IntConsumer end) {
        return new RestartRoutes(List.of(new Restart("/restart-to-websetup", TO_SETUP)), end);
    }

    @Override
    public void addTo(Router router) {
        restarts.forEach(
                restart -> router.route(HttpMethod.POST, restart.path()).handler(context -> restart(context, restart)));
    }

    private void restart(RoutingContext context, Restart restart) {
        context.request().resume();
        context.response().setStatusCode(204).end().onComplete(sent -> end.accept(restart.code()));
    }
}

package io.flamenco.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** The edge between routes and futures: what fails, at once or later, ends in the failure handler. */
final class Answering implements Handler<RoutingContext> {

    private final Function<RoutingContext, Future<Void>> work;

    private Answering(Function<RoutingContext, Future<Void>> work) {
        this.work = work;
    }

    static Handler<RoutingContext> with(Function<RoutingContext, Future<Void>> work) {
        return new Answering(work);
    }

    @Override
    public void handle(RoutingContext context) {
        Future<Void> answered;
        try {
            answered = work.apply(context);
        } catch (RuntimeException e) {
            answered = Future.failedFuture(e);
        }
        answered.onFailure(context::fail);
    }
}

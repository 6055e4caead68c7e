package io.flamenco.server.news;

import io.flamenco.server.news.NewsOrder.Happened;
import io.flamenco.server.news.NewsOrder.Wait;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.ManagerNews;
import io.flamenco.shared.wire.NewsKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Lets Managers wait for what is new for them. Runs once. Of one Manager one call waits; a later one ends it. */
public final class ManagerNewsVerticle extends VerticleBase {

    private final Timers timers;
    private final NewsBoard board = new NewsBoard(ObjectIds.next());
    private final Map<ManagerId, Waiting> waiting = new HashMap<>();

    private record Waiting(String mark, Promise<ManagerNews> answer, Timers.Timer end) {}

    public ManagerNewsVerticle(Timers timers) {
        this.timers = timers;
    }

    @Override
    public Future<?> start() {
        FarmBus bus = new FarmBus(vertx);
        bus.hear(NewsOrder.HAPPENED, this::onHappened);
        bus.answer(NewsOrder.WAIT, this::await);
        return Future.succeededFuture();
    }

    private void onHappened(Happened fact) {
        board.note(fact.manager(), fact.kind());
        answer(fact.manager());
    }

    private Future<ManagerNews> await(Wait order) {
        answer(order.manager());
        Set<NewsKind> news = board.since(order.manager(), order.mark());
        if (!news.isEmpty() || !order.patience().isPositive()) {
            return Future.succeededFuture(told(news));
        }
        Promise<ManagerNews> answer = Promise.promise();
        Timers.Timer end = timers.once("news for " + order.manager(), order.patience(), () -> answer(order.manager()));
        waiting.put(order.manager(), new Waiting(order.mark(), answer, end));
        return answer.future();
    }

    private void answer(ManagerId manager) {
        Waiting one = waiting.remove(manager);
        if (one != null) {
            one.end().cancel();
            one.answer().complete(told(board.since(manager, one.mark())));
        }
    }

    private ManagerNews told(Set<NewsKind> news) {
        return new ManagerNews(board.mark(), news.stream().map(NewsKind::wire).toList());
    }
}

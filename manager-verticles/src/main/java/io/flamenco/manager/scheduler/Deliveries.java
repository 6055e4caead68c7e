package io.flamenco.manager.scheduler;

import io.flamenco.manager.scheduler.SchedulerOrders.Report;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Reports that are being taken just now. One that comes again meanwhile is answered together with the first. */
final class Deliveries {

    private final Map<Delivery, Future<Report>> underWay = new HashMap<>();

    /** What becomes of the delivery; {@code taking} is only called when it is not under way already. */
    Future<Report> once(Delivery delivery, Supplier<Future<Report>> taking) {
        Future<Report> earlier = underWay.get(delivery);
        if (earlier != null) {
            return earlier;
        }
        Future<Report> taken = taking.get();
        if (delivery.named() && !taken.isComplete()) {
            underWay.put(delivery, taken);
            taken.onComplete(ended -> underWay.remove(delivery));
        }
        return taken;
    }
}

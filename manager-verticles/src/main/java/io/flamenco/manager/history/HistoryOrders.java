package io.flamenco.manager.history;

import io.flamenco.manager.domain.Sample;
import io.flamenco.manager.domain.Span;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.id.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What can be asked about the past day. */
public sealed interface HistoryOrders {

    /** How busy the farm was? */
    Command<FarmLoad, Load> FARM_LOAD = new Command<>("manager.history.farm-load", FarmLoad.class, Load.class);

    /** What did these Workers do? */
    Command<WorkerDays, Days> WORKER_DAYS = new Command<>("manager.history.worker-days", WorkerDays.class, Days.class);

    /** Asks how busy the farm was. */
    record FarmLoad() implements HistoryOrders {}

    /** The samples of the past day, the oldest first. */
    record Load(List<Sample> samples) {}

    /** Asks what Workers did since a moment. */
    record WorkerDays(List<WorkerId> workers, Instant since) implements HistoryOrders {}

    /** What they did; Workers of which nothing is known are left out. */
    record Days(Map<WorkerId, List<Span>> spans) {}
}

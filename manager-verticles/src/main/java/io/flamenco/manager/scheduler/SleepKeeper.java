package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.SleepSchedule;
import io.flamenco.manager.domain.TimeOfDay;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.SetSleepSchedule;
import io.flamenco.manager.workers.WorkerOrders.SleepRound;
import io.flamenco.manager.workers.WorkerOrders.SleepTimes;
import io.flamenco.shared.status.WorkerStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows the sleep schedules of Workers. What somebody wants of a Worker by hand holds until the next boundary. */
final class SleepKeeper {

    private final Farm farm;
    private final Roster roster;

    SleepKeeper(Farm farm, Roster roster) {
        this.farm = farm;
        this.roster = roster;
    }

    Outcome set(SetSleepSchedule order, Instant now) {
        WorkerEntry worker = farm.worker(order.workerId());
        if (worker == null) {
            return new NoSuchWorker();
        }
        SleepTimes times = order.times();
        Optional<String> days = SleepSchedule.normalisedDays(times.daysOfWeek());
        if (days.isEmpty()) {
            return new Refused("\"" + times.daysOfWeek()
                    + "\" are no days of the week: write them as mo tu we th fr sa su, with spaces between.");
        }
        for (String time : new String[] {times.start(), times.end()}) {
            if (!time.isEmpty() && TimeOfDay.parse(time).isEmpty()) {
                return new Refused("\"" + time + "\" is no time of day: write it as HH:MM, from 00:00 to 24:00.");
            }
        }
        worker.sleepTimes =
                new SleepTimes(times.active(), days.get(), normal(times.start()), normal(times.end()), null);
        apply(worker, now);
        return Carried.OUT;
    }

    /** Applies the schedules whose time has come. */
    SleepRound applyDue(Instant now) {
        int requested = 0;
        Instant next = null;
        for (WorkerEntry worker : farm.workers()) {
            Instant check = worker.sleepTimes.nextCheck();
            if (worker.sleepTimes.active() && (check == null || !check.isAfter(now))) {
                requested += apply(worker, now) ? 1 : 0;
            }
            next = earlier(next, worker.sleepTimes.nextCheck());
        }
        return new SleepRound(requested, next);
    }

    private boolean apply(WorkerEntry worker, Instant now) {
        SleepTimes times = worker.sleepTimes;
        SleepSchedule schedule =
                new SleepSchedule(times.active(), times.daysOfWeek(), time(times.start()), time(times.end()));
        LocalDateTime here = LocalDateTime.ofInstant(now, farm.zone);
        Instant next = schedule.nextCheck(here).atZone(farm.zone).toInstant();
        worker.sleepTimes = new SleepTimes(times.active(), times.daysOfWeek(), times.start(), times.end(), next);
        farm.changes.store(worker);
        Optional<WorkerStatus> wanted = schedule.statusAt(here).filter(status -> isNews(worker, status));
        wanted.ifPresent(status -> roster.request(worker, status.wire(), false, now));
        return wanted.isPresent();
    }

    private static boolean isNews(WorkerEntry worker, WorkerStatus wanted) {
        return worker.status != wanted
                && !worker.statusRequested.equals(wanted.wire())
                && !worker.statusRequested.equals(WorkerStatus.SHUTDOWN.wire());
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    private static @Nullable TimeOfDay time(String text) {
        return TimeOfDay.parse(text).orElse(null);
    }

    private static String normal(String text) {
        return TimeOfDay.parse(text).map(TimeOfDay::toString).orElse("");
    }
}

package io.flamenco.manager.scheduler;

import io.flamenco.manager.domain.Transition;
import io.flamenco.manager.domain.WorkerEvent;
import io.flamenco.manager.domain.WorkerMachine;
import io.flamenco.manager.scheduler.SchedulerOrders.NothingToDo;
import io.flamenco.manager.scheduler.SchedulerOrders.StatusRequested;
import io.flamenco.manager.scheduler.SchedulerOrders.UnknownWorker;
import io.flamenco.manager.scheduler.TaskEntry.LaneKey;
import io.flamenco.manager.scheduler.WaitingRoom.Waiter;
import io.flamenco.manager.workers.Seen;
import io.flamenco.manager.workers.WorkerOrders.AckStatus;
import io.flamenco.manager.workers.WorkerOrders.AckTimeout;
import io.flamenco.manager.workers.WorkerOrders.BlocklistLine;
import io.flamenco.manager.workers.WorkerOrders.Carried;
import io.flamenco.manager.workers.WorkerOrders.ForgetBlocklistLine;
import io.flamenco.manager.workers.WorkerOrders.ForgetWorker;
import io.flamenco.manager.workers.WorkerOrders.NoSuchWorker;
import io.flamenco.manager.workers.WorkerOrders.Outcome;
import io.flamenco.manager.workers.WorkerOrders.Refused;
import io.flamenco.manager.workers.WorkerOrders.Register;
import io.flamenco.manager.workers.WorkerOrders.RequestStatus;
import io.flamenco.manager.workers.WorkerOrders.RevokeCredentials;
import io.flamenco.manager.workers.WorkerOrders.SignOff;
import io.flamenco.manager.workers.WorkerOrders.SignOn;
import io.flamenco.manager.workers.WorkerOrders.StatusWanted;
import io.flamenco.manager.workers.WorkerOrders.Wanted;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.ManagerFacts;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.WorkerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Workers: their statuses, what is wanted of them, and when they were seen. */
final class Roster {

    private final Farm farm;
    private final Moves moves;

    Roster(Farm farm, Moves moves) {
        this.farm = farm;
        this.moves = moves;
    }

    WorkerView register(Register order) {
        WorkerEntry worker = new WorkerEntry(WorkerId.next());
        worker.hashedSecret = order.hashedSecret();
        worker.platform = order.platform();
        worker.taskTypes = List.copyOf(order.supportedTaskTypes());
        worker.nickname = order.nickname();
        worker.address = order.address();
        farm.add(worker);
        farm.changes.store(worker);
        farm.changes.tellTaskTypesChanged();
        return view(worker);
    }

    Outcome signOn(SignOn order, Instant now) {
        return with(order.workerId(), worker -> {
            if (!order.nickname().isEmpty()) {
                worker.nickname = order.nickname();
            }
            List<String> types = order.supportedTaskTypes();
            if (!types.isEmpty() && !types.equals(worker.taskTypes)) {
                worker.taskTypes = List.copyOf(types);
                farm.changes.tellTaskTypesChanged();
            }
            seen(worker, order.seen(), now);
            worker.currentTask = null;
            happen(worker, new WorkerEvent.SignedOn(), now);
            farm.changes.store(worker);
            return Carried.OUT;
        });
    }

    Outcome signOff(SignOff order, Instant now) {
        return with(order.workerId(), worker -> {
            endWaiting(worker, new NothingToDo());
            moves.requeueAll(worker, "worker signed off", now);
            boolean sleepsAgain = WorkerMachine.sleepsAfterSignOff(worker.status, worker.statusRequested);
            worker.statusRequested = sleepsAgain ? WorkerStatus.ASLEEP.wire() : "";
            worker.lazyRequest = !sleepsAgain && worker.lazyRequest;
            happen(worker, new WorkerEvent.SignedOff(), now);
            farm.changes.store(worker);
            return Carried.OUT;
        });
    }

    Outcome wanted(StatusWanted order, Instant now) {
        return with(order.workerId(), worker -> {
            seen(worker, order.seen(), now);
            return new Wanted(worker.statusRequested);
        });
    }

    /** One that takes no work any more, on its own account, is not left waiting for it. */
    Outcome acknowledge(AckStatus order, Instant now) {
        return with(order.workerId(), worker -> {
            String reason = happen(worker, new WorkerEvent.Acknowledged(order.status()), now);
            if (!reason.isEmpty()) {
                return new Refused(reason);
            }
            worker.statusRequested = "";
            farm.changes.store(worker);
            if (worker.status != WorkerStatus.AWAKE && worker.status != WorkerStatus.TESTING) {
                endWaiting(worker, new NothingToDo());
            }
            return Carried.OUT;
        });
    }

    Outcome request(RequestStatus order, Instant now) {
        return with(order.workerId(), worker -> {
            if (!WorkerMachine.requestable(order.status())) {
                return new Refused("RequestStatusChange(\"" + order.status() + "\"): status cannot be requested");
            }
            request(worker, order.status(), order.lazy(), now);
            return Carried.OUT;
        });
    }

    /** Wants the Worker to take that status; one that waits for work is told at once. */
    void request(WorkerEntry worker, String status, boolean lazy, Instant now) {
        worker.statusRequested = status;
        worker.lazyRequest = lazy;
        farm.changes.store(worker);
        tell(worker, worker.status, now);
        endWaiting(worker, new StatusRequested(status));
    }

    Outcome acknowledgeTimeout(AckTimeout order, Instant now) {
        return with(order.workerId(), worker -> {
            String reason = happen(worker, new WorkerEvent.TimeoutSeen(), now);
            return reason.isEmpty() ? Carried.OUT : new Refused(reason);
        });
    }

    Outcome forget(ForgetWorker order, Instant now) {
        return with(order.workerId(), worker -> {
            remove(worker, "worker is being removed", now);
            return Carried.OUT;
        });
    }

    /** Its calls are refused from now on, until it registers anew. */
    Outcome revoke(RevokeCredentials order, Instant now) {
        return with(order.workerId(), worker -> {
            moves.requeueAll(worker, "credentials of worker " + worker.identifier() + " were revoked", now);
            endWaiting(worker, new NothingToDo());
            worker.hashedSecret = "";
            happen(worker, new WorkerEvent.SignedOff(), now);
            farm.changes.store(worker);
            return Carried.OUT;
        });
    }

    /** Removes the Worker after its tasks went back into the queue. */
    void remove(WorkerEntry worker, String reason, Instant now) {
        moves.requeueAll(worker, reason, now);
        endWaiting(worker, new UnknownWorker());
        worker.blocked.forEach((lane, since) -> farm.changes.unblock(Changes.row(worker, lane, since)));
        farm.remove(worker);
        farm.changes.remove(worker);
        farm.changes.tellTaskTypesChanged();
    }

    Outcome unblock(ForgetBlocklistLine order) {
        return with(order.workerId(), worker -> {
            LaneKey lane = new LaneKey(order.jobId(), order.taskType());
            Instant since = worker.blocked.remove(lane);
            if (since == null) {
                return new Refused("There is no such line in the blocklist of worker " + worker.identifier()
                        + ": reload the page to see what is.");
            }
            farm.changes.unblock(Changes.row(worker, lane, since));
            return Carried.OUT;
        });
    }

    /** The Worker was not heard of for too long: it counts as lost, and its tasks go to others. */
    void timeOut(WorkerEntry worker, Instant now) {
        WorkerStatus before = worker.status;
        happen(worker, new WorkerEvent.TimedOut(), now);
        if (worker.statusRequested.isEmpty()) {
            WorkerMachine.wantedAfterTimeout(before).ifPresent(status -> worker.statusRequested = status.wire());
        }
        endWaiting(worker, new NothingToDo());
        moves.requeueAll(worker, "worker " + worker.identifier() + " timed out", now);
    }

    void askedForWork(WorkerEntry worker, Seen seen, Instant now) {
        happen(worker, new WorkerEvent.AskedForWork(), now);
        seen(worker, seen, now);
    }

    void seen(WorkerEntry worker, Seen seen, Instant now) {
        worker.address = seen.address();
        worker.software = seen.software();
        seen(worker, now);
    }

    void seen(WorkerEntry worker, Instant now) {
        worker.lastActivity = now;
        farm.changes.storeLater(worker);
    }

    Seen lastSeen(WorkerEntry worker) {
        return new Seen(worker.address, worker.software);
    }

    List<WorkerView> views() {
        return farm.workers().stream().map(this::view).toList();
    }

    private Outcome with(WorkerId id, Function<WorkerEntry, Outcome> action) {
        WorkerEntry worker = farm.worker(id);
        return worker == null ? new NoSuchWorker() : action.apply(worker);
    }

    private void endWaiting(WorkerEntry worker, SchedulerOrders.Assignment answer) {
        Waiter waiter = farm.waitingRoom.leave(worker.id);
        if (waiter != null) {
            waiter.answer().accept(answer);
        }
    }

    /** Lets the event happen; why not, or an empty text. */
    private String happen(WorkerEntry worker, WorkerEvent event, Instant now) {
        return switch (WorkerMachine.on(worker.status, event)) {
            case Transition.Refused<WorkerStatus>(String reason) -> reason;
            case Transition.Moved<WorkerStatus>(WorkerStatus next) -> {
                if (next != worker.status) {
                    WorkerStatus before = worker.status;
                    worker.status = next;
                    farm.changes.store(worker);
                    tell(worker, before, now);
                }
                yield "";
            }
        };
    }

    private void tell(WorkerEntry worker, WorkerStatus before, Instant now) {
        farm.changes.tell(new ManagerFacts.WorkerStatusChanged(
                worker.id, worker.nickname, before.wire(), worker.status.wire(), worker.statusRequested, now));
    }

    WorkerView view(WorkerEntry worker) {
        List<BlocklistLine> blocklist = new ArrayList<>();
        worker.blocked.forEach((lane, since) -> Optional.ofNullable(lane.job())
                .ifPresent(job -> blocklist.add(new BlocklistLine(job, lane.taskType(), since))));
        return new WorkerView(
                worker.id,
                worker.nickname,
                worker.address,
                worker.status.wire(),
                worker.platform,
                worker.currentTask,
                jobOf(worker.currentTask),
                worker.lastActivity,
                worker.taskTypes,
                worker.software,
                worker.currentTaskStatus,
                worker.currentTaskUpdated,
                worker.statusRequested,
                worker.lazyRequest,
                worker.sleepTimes,
                List.copyOf(blocklist));
    }

    private @Nullable JobId jobOf(@Nullable TaskId task) {
        TaskEntry entry = task == null ? null : farm.board.find(task);
        return entry == null ? null : entry.job;
    }
}

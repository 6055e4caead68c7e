package io.flamenco.server.http;

import io.flamenco.server.jobs.JobAnswer;
import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.StoredTask;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.TaskId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers one request for the tasks of a Manager: page by page. While one is written the next is fetched, and
 * no more, so that a job of any size passes through a few hundred kilobytes of memory.
 *
 * <p>The mark that the Manager gets must stand before the body. When everything fits in the first page it is the latest
 * change among the tasks, as in the original; else it is the moment at which the offer was made, which is not earlier.
 */
final class DepsgraphAnswer {

    private static final int PAGE = 500;
    private static final Buffer BEGIN = Buffer.buffer("{\"depsgraph\": [");
    private static final Buffer BETWEEN = Buffer.buffer(",\n");
    private static final Buffer END = Buffer.buffer("]}");

    private final FarmBus bus;
    private final HttpServerResponse response;
    private final ManagerId manager;
    private final Optional<Instant> after;
    private final Deque<Supplier<Future<JobAnswer.Tasks>>> pages = new ArrayDeque<>();
    private final Set<TaskId> sentParents = new HashSet<>();
    private Instant upTo = Instant.EPOCH;
    private boolean begun;

    DepsgraphAnswer(FarmBus bus, HttpServerResponse response, ManagerId manager, Optional<Instant> after) {
        this.bus = bus;
        this.response = response;
        this.manager = manager;
        this.after = after;
    }

    /** Sends the whole answer. */
    Future<Void> send() {
        return bus.ask(JobOrder.OFFER, new JobOrder.Offer(manager, after)).compose(offer -> {
            if (!offer.anyJobs()) {
                return response.setStatusCode(204).end();
            }
            upTo = offer.upTo();
            offer.whole().forEach(job -> pages.add(() -> page(job, Optional.empty())));
            after.filter(moment -> !offer.changed().isEmpty())
                    .ifPresent(moment -> pages.add(() -> bus.ask(
                            JobOrder.OFFER_CHANGES,
                            new JobOrder.OfferChanges(manager, offer.changed(), moment, offer.upTo()))));
            return writeAll(fetch());
        });
    }

    private Future<JobAnswer.Tasks> page(JobId job, Optional<TaskId> afterTask) {
        return bus.ask(JobOrder.OFFER_JOB, new JobOrder.OfferJob(job, after.isEmpty(), afterTask, PAGE))
                .onSuccess(tasks -> tasks.last().ifPresent(last -> pages.addFirst(() -> page(job, Optional.of(last)))));
    }

    /** Begins to fetch the next page; empty when there is none. */
    private Optional<Future<JobAnswer.Tasks>> fetch() {
        return Optional.ofNullable(pages.poll()).map(Supplier::get);
    }

    /** Writes one page while the one after it is fetched. */
    private Future<Void> writeAll(Optional<Future<JobAnswer.Tasks>> fetched) {
        return fetched.map(page -> page.compose(tasks -> {
                    Optional<Future<JobAnswer.Tasks>> following = fetch();
                    return write(tasks, following.isEmpty()).compose(written -> writeAll(following));
                }))
                .orElseGet(this::end);
    }

    private Future<Void> end() {
        if (begun) {
            return response.end(END);
        }
        return response.setStatusCode(after.isPresent() ? 304 : 204).end();
    }

    private Future<Void> write(JobAnswer.Tasks tasks, boolean last) {
        Buffer text = Buffer.buffer();
        Instant latest = Instant.EPOCH;
        for (StoredTask task : tasks.tasks()) {
            StoredJob job = tasks.jobs().get(task.state().job());
            if (job != null && wanted(task)) {
                text.appendBuffer(begun || text.length() > 0 ? BETWEEN : BEGIN);
                text.appendBuffer(WireTasks.write(task, job));
                Instant changed = WireTasks.changed(task, job);
                latest = changed.isAfter(latest) ? changed : latest;
            }
        }
        if (text.length() == 0) {
            return Future.succeededFuture();
        }
        if (!begun) {
            begin(last ? latest : upTo);
        }
        return response.write(text);
    }

    /** Finished parents come with each page that needs them; once is enough. */
    private boolean wanted(StoredTask task) {
        return !task.state().status().finished() || sentParents.add(task.id());
    }

    private void begin(Instant mark) {
        begun = true;
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader("X-Flamenco-Last-Updated", JsonDates.cursor(mark))
                .putHeader("X-Flamenco-Last-Updated-Format", "ISO-8601");
    }
}

package io.flamenco.server.http;

import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.ReportedWorkers;
import io.flamenco.server.store.ReportedWorkers.Crew;
import io.flamenco.server.store.StatusOrders;
import io.flamenco.server.store.StatusOrders.StatusOrder;
import io.flamenco.server.workers.CrewOrder;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.http.LimitedBody;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.WorkerStatus;
import io.flamenco.shared.wire.ServerCapabilities;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireJsonException;
import io.flamenco.shared.wire.WorkerReport;
import io.flamenco.shared.wire.WorkerReport.ReportedWorker;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Workers of all Managers: Managers tell of them, people see them and ask them for another status. */
final class WorkerRoutes {

    private static final String CAPABILITIES =
            String.join(", ", ServerCapabilities.WORKER_REPORTS, ServerCapabilities.PICTURES, ServerCapabilities.NEWS);
    private static final long LARGEST_REPORT_BYTES = 8L << 20;
    private static final int MOST_WORKERS = 10_000;
    private static final int ORDERS_SHOWN = 10;
    private static final Duration SILENT_AFTER = Duration.ofMinutes(1);
    private static final Set<String> STATUSES = Set.of("awake", "asleep", "shutdown");

    private final ReportedWorkers reported;
    private final StatusOrders orders;
    private final Managers managers;
    private final FarmBus bus;
    private final Clock clock;

    WorkerRoutes(ReportedWorkers reported, StatusOrders orders, Managers managers, FarmBus bus, Clock clock) {
        this.reported = reported;
        this.orders = orders;
        this.managers = managers;
        this.bus = bus;
        this.clock = clock;
    }

    void mountForManagers(Router router) {
        String path = "/api/flamenco/managers/:mid/worker-reports";
        router.route("/api/flamenco/*").handler(context -> {
            context.response().putHeader(ServerCapabilities.HEADER, CAPABILITIES);
            context.next();
        });
        router.post(path).handler(new ManagerLogin(managers)::guard);
        router.post(path).handler(new LimitedBody(LARGEST_REPORT_BYTES)).handler(Answering.with(this::report));
    }

    void mountForPeople(Router router, String base) {
        router.get(base + "/workers").handler(Answering.with(this::list));
        router.post(base + "/workers/bulk").handler(Answering.with(this::requestOfMany));
        router.get(base + "/workers/:wid").handler(Answering.with(this::worker));
        router.post(base + "/workers/:wid/request-status").handler(Answering.with(this::request));
    }

    private Future<Void> report(RoutingContext context) {
        WorkerReport report = read(context.body().buffer());
        return bus.ask(CrewOrder.REPORT, new CrewOrder.Report(ManagerLogin.known(context), report))
                .compose(answer -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(WireJson.write(answer)));
    }

    private static WorkerReport read(Buffer body) {
        try {
            WorkerReport report = WireJson.read(body == null ? Buffer.buffer() : body, WorkerReport.class);
            List<ReportedWorker> workers = report.workers();
            if (workers != null && workers.size() > MOST_WORKERS) {
                throw new HttpFailure(422, "A Manager may tell of at most " + MOST_WORKERS + " Workers.");
            }
            return report;
        } catch (WireJsonException e) {
            throw new HttpFailure(400, "The report of Workers cannot be read: " + e.getMessage() + ".");
        }
    }

    /** A Worker with the crew that it belongs to. */
    private record Member(Crew crew, ReportedWorker worker) {

        String id() {
            return worker.id().hex();
        }
    }

    private Future<Void> list(RoutingContext context) {
        int limit = Requests.limit(context);
        Predicate<Member> wanted = wanted(context);
        return reported.all()
                .compose(crews -> names().compose(names -> {
                    List<Member> found = members(crews)
                            .filter(wanted)
                            .sorted(Comparator.comparing(Member::id))
                            .limit(limit + 1L)
                            .toList();
                    JsonArray list = new JsonArray();
                    found.stream().limit(limit).map(one -> shown(one, names)).forEach(list::add);
                    String next = found.size() > limit ? found.get(limit - 1).id() : null;
                    return Answers.json(
                            context, new JsonObject().put("workers", list).put("next", next));
                }));
    }

    private static Predicate<Member> wanted(RoutingContext context) {
        Optional<ManagerId> manager = Requests.queryId(context, "manager", ManagerId::new);
        Optional<WorkerId> cursor = Requests.queryId(context, "cursor", WorkerId::new);
        Set<String> statuses = Requests.set(
                context, "status", text -> WorkerStatus.parse(text).map(WorkerStatus::wire), "status of a Worker");
        return one -> (manager.isEmpty() || manager.get().equals(one.crew().manager()))
                && (statuses.isEmpty() || statuses.contains(one.worker().status()))
                && (cursor.isEmpty() || one.id().compareTo(cursor.get().hex()) > 0);
    }

    private static Stream<Member> members(List<Crew> crews) {
        return crews.stream().flatMap(crew -> crew.workers().stream().map(worker -> new Member(crew, worker)));
    }

    private Future<Map<ManagerId, String>> names() {
        return managers.all()
                .map(all -> all.stream().collect(Collectors.toMap(StoredManager::id, StoredManager::name)));
    }

    private Future<Void> worker(RoutingContext context) {
        WorkerId id = Requests.id(context, "wid", WorkerId::new);
        return reported.with(id).compose(found -> {
            Member member = found.flatMap(crew -> members(List.of(crew))
                            .filter(one -> one.worker().id().equals(id))
                            .findFirst())
                    .orElseThrow(() -> new HttpFailure(404, "No Manager has told of a Worker " + id + "."));
            return names().compose(names -> orders.of(id, ORDERS_SHOWN).compose(given -> {
                JsonArray list = new JsonArray();
                given.stream().map(WorkerRoutes::shown).forEach(list::add);
                return Answers.thing(context, shown(member, names).put("orders", list));
            }));
        });
    }

    private Future<Void> request(RoutingContext context) {
        WorkerId id = Requests.id(context, "wid", WorkerId::new);
        JsonObject body = Requests.object(context);
        if (!(body.getValue("status") instanceof String status) || !STATUSES.contains(status)) {
            throw new HttpFailure(422, "\"status\" must be awake, asleep or shutdown.");
        }
        return request(id, status, lazy(body), Caller.known(context)).compose(made -> {
            context.response().setStatusCode(202);
            return Answers.json(context, shown(made));
        });
    }

    private Future<Void> requestOfMany(RoutingContext context) {
        BulkBody body = BulkBody.read(context, STATUSES, Set.of());
        boolean lazy = body.yes("lazy");
        Caller caller = Caller.known(context);
        return BulkAnswer.carryOut(
                        body,
                        new BulkAnswer.Chosen(body.ids(), Optional.empty()),
                        id -> request(new WorkerId(id), body.action(), lazy, caller))
                .compose(answer -> Answers.json(context, answer));
    }

    private Future<StatusOrder> request(WorkerId id, String status, boolean lazy, Caller caller) {
        return bus.ask(CrewOrder.REQUEST_STATUS, new CrewOrder.RequestStatus(id, status, lazy, caller.name()));
    }

    private static boolean lazy(JsonObject body) {
        if (body.getValue("lazy", false) instanceof Boolean lazy) {
            return lazy;
        }
        throw new HttpFailure(422, "\"lazy\" must be true or false.");
    }

    private JsonObject shown(Member member, Map<ManagerId, String> names) {
        Crew crew = member.crew();
        boolean silent = crew.reported().plus(SILENT_AFTER).isBefore(clock.instant());
        return WireJson.toJson(member.worker())
                .put("manager", crew.manager().hex())
                .put("manager_name", names.getOrDefault(crew.manager(), ""))
                .put("reported", crew.reported().toString())
                .put("manager_silent", silent);
    }

    private static JsonObject shown(StatusOrder order) {
        return new JsonObject()
                .put("id", order.id())
                .put("worker", order.worker().hex())
                .put("manager", order.manager().hex())
                .put("status", order.status())
                .put("lazy", order.lazy())
                .put("by", order.by())
                .put("created", order.created().toString())
                .put("expires", order.expires().toString())
                .put("state", order.state())
                .put("message", order.message());
    }
}

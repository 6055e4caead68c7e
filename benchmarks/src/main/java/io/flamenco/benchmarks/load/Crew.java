package io.flamenco.benchmarks.load;

import io.flamenco.benchmarks.http.Answer;
import io.flamenco.benchmarks.http.Connection;
import io.flamenco.benchmarks.http.Requests;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Registers simulated Workers with a Manager. */
public final class Crew {

    /** So many register at once; each costs the Manager a password hash and a durable write. */
    private static final int AT_ONCE = 32;

    private static final String SECRET = "a-secret-of-a-simulated-worker";

    private final Vertx vertx;
    private final NetClient client;
    private final SocketAddress address;
    private final String host;
    private final String joinSecret;
    private final Clock clock;

    /**
     * A crew for one Manager.
     *
     * @param joinSecret what the Manager calls {@code worker_registration_secret}; empty when registration is open
     */
    public Crew(Vertx vertx, NetClient client, URI manager, String joinSecret, Clock clock) {
        this.vertx = vertx;
        this.client = client;
        this.address = SocketAddress.inetSocketAddress(manager.getPort(), manager.getHost());
        this.host = manager.getAuthority();
        this.joinSecret = joinSecret;
        this.clock = clock;
    }

    /**
     * Registers so many Workers and signs them on.
     *
     * @return fails with the Manager's answer when it refuses one
     */
    public Future<List<SimulatedWorker>> register(int count, List<String> taskTypes) {
        Promise<List<SimulatedWorker>> registered = Promise.promise();
        vertx.runOnContext(now -> registerAll(count, taskTypes).onComplete(registered));
        return registered.future();
    }

    private Future<List<SimulatedWorker>> registerAll(int count, List<String> taskTypes) {
        List<SimulatedWorker> workers = new ArrayList<>(count);
        List<Future<?>> lanes = new ArrayList<>();
        for (int lane = 0; lane < Math.min(AT_ONCE, count); lane++) {
            lanes.add(registerUpTo(count, taskTypes, workers));
        }
        return Future.all(lanes).map(done -> List.copyOf(workers.subList(0, count)));
    }

    private Future<Void> registerUpTo(int count, List<String> taskTypes, List<SimulatedWorker> workers) {
        if (workers.size() >= count) {
            return Future.succeededFuture();
        }
        return registerOne(taskTypes).compose(worker -> {
            workers.add(worker);
            return registerUpTo(count, taskTypes, workers);
        });
    }

    private Future<SimulatedWorker> registerOne(List<String> taskTypes) {
        String bearer = joinSecret.isEmpty() ? "" : "Bearer " + JoinToken.of(joinSecret, clock.instant());
        Connection connection = new Connection(client, address);
        return connection
                .send(new Requests(host, bearer).post("/register-worker", registration(taskTypes)))
                .map(answer -> worker(connection, accepted("/register-worker", answer, 200)))
                .compose(worker -> worker.signOn().map(answer -> {
                    accepted("/sign-on", answer, 204);
                    return worker;
                }));
    }

    private SimulatedWorker worker(Connection connection, Answer registered) {
        String id = SimulatedWorker.firstId(registered);
        return new SimulatedWorker(connection, Requests.ofWorker(host, id, SECRET));
    }

    private static Answer accepted(String call, Answer answer, int hoped) {
        if (answer.status() != hoped) {
            throw new IllegalStateException("The Manager answered " + call + " with " + answer
                    + "; is the registration secret right (--secret), and is this a Manager?");
        }
        return answer;
    }

    private static String registration(List<String> taskTypes) {
        return new JsonObject()
                .put("secret", SECRET)
                .put("platform", "linux")
                .put("supported_task_types", new JsonArray(taskTypes))
                .put("nickname", "simulated")
                .encode();
    }
}

package io.flamenco.cli.farm;

import io.flamenco.cli.jobs.ServerCalls;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.server.ServerRole;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.secret.SecretFiles;
import io.flamenco.shared.trust.PeerTrust;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** A running Server, Manager and some Workers, linked with each other. */
public final class LocalFarm implements RoleProcess.Running {

    private final Vertx vertx;
    private final FarmPlan plan;
    private final Link link;
    private final Deque<Role> started = new ArrayDeque<>();

    private LocalFarm(Vertx vertx, FarmPlan plan, Link link) {
        this.vertx = vertx;
        this.plan = plan;
        this.link = link;
    }

    /**
     * Starts Server, Manager and Workers, in this order.
     *
     * @return the farm once all run; when one cannot start, those that run already are stopped
     */
    public static Future<LocalFarm> start(Vertx vertx, FarmPlan plan) {
        return vertx.executeBlocking(() -> link(plan.data()))
                .map(link -> new LocalFarm(vertx, plan, link))
                .compose(LocalFarm::startAll);
    }

    /** Where the Server is reached. */
    public URI server() {
        return url("server");
    }

    /** By what the Server is recognised. */
    public PeerTrust serverTrust() {
        PeerTrust usual = PeerTrust.usual(ServerCalls.SERVER);
        return role("server").pin().map(usual::pinned).orElse(usual);
    }

    /** Where the Manager is reached. */
    public URI manager() {
        return url("manager");
    }

    /** A link with which the farm's owner can log in at the Server, once. */
    public Future<URI> loginLink() {
        return started.stream()
                .filter(ServerRole.class::isInstance)
                .map(ServerRole.class::cast)
                .findFirst()
                .map(ServerRole::loginLink)
                .orElseGet(() -> Future.failedFuture(new IllegalStateException("the server does not run")));
    }

    @Override
    public Future<Integer> ended() {
        return Future.any(started.stream().map(Role::ended).toList())
                .map(any -> started.stream()
                        .filter(role -> role.ended().succeeded())
                        .mapToInt(role -> role.ended().result())
                        .findFirst()
                        .orElse(0));
    }

    @Override
    public Future<Void> stop() {
        Future<Void> stopped = Future.succeededFuture();
        while (!started.isEmpty()) {
            Role last = started.pop();
            stopped = stopped.eventually(last::stop);
        }
        return stopped;
    }

    private Future<LocalFarm> startAll() {
        Future<Void> all = start(RoleKind.SERVER, "server", serverSettings())
                .compose(server -> start(RoleKind.MANAGER, "manager", managerSettings()));
        for (int i = 1; i <= plan.workers(); i++) {
            String name = "worker-" + i;
            all = all.compose(before -> start(RoleKind.WORKER, name, workerSettings(name)));
        }
        return all.map(this).recover(failure -> stop().transform(stopped -> Future.failedFuture(failure)));
    }

    private Future<Void> start(RoleKind kind, String name, JsonObject settings) {
        Path directory = plan.data().resolve(name);
        return vertx.executeBlocking(() -> made(directory))
                .compose(made -> kind.start(vertx, new RoleFile(plan.source(), settings), directory))
                .onSuccess(started::push)
                .mapEmpty();
    }

    private JsonObject serverSettings() {
        JsonArray managers = new JsonArray()
                .add(new JsonObject()
                        .put("id", link.managerId().hex())
                        .put("name", "Manager")
                        .put("secret", link.managerSecret()));
        return new JsonObject()
                .mergeIn(plan.server())
                .put("listen", plan.serverListen())
                .put("managers", managers);
    }

    private JsonObject managerSettings() {
        JsonObject settings = new JsonObject()
                .put("task_update_push_max_interval", "1s")
                .put("ssdp_discovery", !plan.managerListen().startsWith("127."))
                .put("variables", plan.installed().variables())
                .mergeIn(plan.manager(), true)
                .put("listen", plan.managerListen())
                .put("flamenco", server().toString())
                .put("manager_id", link.managerId().hex())
                .put("manager_secret", link.managerSecret())
                .put("worker_registration_secret", link.workerSecret());
        return pinned(settings, ManagerConfig.SERVER, "server");
    }

    private JsonObject workerSettings(String name) {
        JsonObject settings = new JsonObject()
                .put("nickname", name)
                .put("push_log_max_interval_seconds", 1)
                .put("task_types", plan.installed().taskTypes())
                .mergeIn(plan.worker())
                .put("manager_url", manager().toString())
                .put("worker_registration_secret", link.workerSecret());
        return pinned(settings, ManagerClient.MANAGER, "manager");
    }

    private JsonObject pinned(JsonObject settings, PeerTrust.Peer peer, String name) {
        role(name).pin().ifPresent(pin -> settings.put(peer.fingerprint(), pin.hex()));
        return settings;
    }

    private URI url(String name) {
        return role(name).url().orElseThrow();
    }

    private Role role(String name) {
        return started.stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the " + name + " does not run"));
    }

    private static Link link(Path data) {
        try {
            return Link.in(data.resolve("link"));
        } catch (IOException e) {
            throw CommandFailure.of("The farm's secrets cannot be used: " + e.getMessage());
        }
    }

    private static Path made(Path directory) {
        try {
            SecretFiles.createDirectories(directory);
            return directory;
        } catch (IOException e) {
            throw CommandFailure.of("The data directory " + directory + " cannot be made: " + e.getMessage()
                    + "; choose another place with --data.");
        }
    }
}

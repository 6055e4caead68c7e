package io.flamenco.cli.process;

import io.flamenco.manager.ManagerRole;
import io.flamenco.manager.ManagerSetup;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.RestartRoutes;
import io.flamenco.manager.login.Sessions;
import io.flamenco.shared.kernel.Role;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A Manager that works or is set up, and goes from one to the other when its pages say so, in the same process. One that is not
 * linked with a Server is set up; so is one that cannot start after it was set up.
 */
public final class SwitchingManager implements RoleProcess.Running {

    private final Vertx vertx;
    private final Place place;
    /** Not that of a verticle, which would take what is deployed on it along when it goes. */
    private final Context context;

    private final Promise<Integer> ended = Promise.promise();
    private volatile Optional<Role> running = Optional.empty();

    /**
     * What a Manager is started with.
     *
     * @param settings its settings file, which need not exist
     * @param data its own directory
     * @param over settings of the command line, which win over the file's
     * @param file reads the settings
     * @param say is told sentences for people, with secrets
     */
    public record Place(
            Path settings, Path data, JsonObject over, Supplier<Future<RoleFile>> file, Consumer<String> say) {}

    private SwitchingManager(Vertx vertx, Place place) {
        this.vertx = vertx;
        this.place = place;
        this.context = vertx.getOrCreateContext();
    }

    /**
     * Starts it.
     *
     * @param setup whether to begin with the set-up although it is linked
     */
    public static Future<SwitchingManager> start(Vertx vertx, Place place, boolean setup) {
        SwitchingManager manager = new SwitchingManager(vertx, place);
        return (setup ? manager.setUp(Optional.empty()) : manager.work(Optional.empty())).map(manager);
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return running.map(Role::stop).orElseGet(Future::succeededFuture);
    }

    private Future<Void> work(Optional<Sessions> before) {
        return place.file().get().compose(file -> {
            ManagerConfig config = RoleKind.managerConfig(file.with(place.over()), place.data());
            if (config.link().isEmpty()) {
                return setUp(before);
            }
            return ManagerRole.start(vertx, config, before)
                    .onSuccess(role -> follow(role, role::sessions))
                    .mapEmpty();
        });
    }

    private Future<Void> setUp(Optional<Sessions> before) {
        return place.file()
                .get()
                .map(file -> Path.of(file.source()))
                .otherwise(place.settings())
                .map(file -> Files.exists(file) ? file : place.settings())
                .compose(file -> ManagerSetup.start(vertx, file, place.over(), place.data(), before))
                .onSuccess(role -> {
                    place.say()
                            .accept(
                                    "This Manager is being set up. Open one of these pages; the first visit logs you in:");
                    role.loginLinks().forEach(link -> place.say().accept("    " + link));
                    role.pin()
                            .ifPresent(pin -> place.say()
                                    .accept("Browsers warn of its certificate, which has the key with the fingerprint "
                                            + pin));
                    follow(role, role::sessions);
                })
                .mapEmpty();
    }

    private void follow(Role role, Supplier<Sessions> sessions) {
        running = Optional.of(role);
        role.ended()
                .onComplete(code -> context.runOnContext(free -> onEnd(role, code, sessions.get())), ended::tryFail);
    }

    private void onEnd(Role role, int code, Sessions sessions) {
        if (code != RestartRoutes.TO_WORK && code != RestartRoutes.TO_SETUP) {
            ended.tryComplete(code);
            return;
        }
        Optional<Sessions> known = Optional.of(sessions);
        running = Optional.empty();
        role.stop()
                .otherwiseEmpty()
                .compose(stopped -> code == RestartRoutes.TO_SETUP ? setUp(known) : work(known))
                .recover(failure -> {
                    place.say().accept("The Manager cannot start: " + failure.getMessage());
                    return setUp(known);
                })
                .onFailure(ended::tryFail);
    }
}

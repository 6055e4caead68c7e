package io.flamenco.worker;

import io.flamenco.worker.platform.OperatingSystem;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the signals of the Flamenco 2 Worker do, besides those that end a process: SIGUSR1 sends it to sleep, SIGUSR2 wakes
 * it, SIGPOLL, which is SIGINFO on macOS, does nothing else than what all three do first: log what the Worker is doing.
 * Windows has none of them.
 */
public final class WorkerSignals {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerSignals.class);

    private WorkerSignals() {}

    /** What each signal does to these Workers; nothing on a system without them. */
    static Map<String, Runnable> actions(OperatingSystem system, List<WorkerRole> workers) {
        if (!system.posix()) {
            return Map.of();
        }
        String tell = system == OperatingSystem.MACOS ? "INFO" : "POLL";
        return Map.of(
                "USR1",
                each(workers, worker -> told(worker).compose(told -> worker.sleep())),
                "USR2",
                each(workers, worker -> told(worker).compose(told -> worker.wake())),
                tell,
                each(workers, WorkerSignals::told));
    }

    private static Future<String> told(WorkerRole worker) {
        return worker.describe().onSuccess(LOG::info);
    }

    /** Lets these Workers hear the signals of the process. */
    public static void install(OperatingSystem system, List<WorkerRole> workers) {
        actions(system, workers).forEach(WorkerSignals::on);
    }

    /** As {@link #install(OperatingSystem, List)} on this machine. */
    public static void install(List<WorkerRole> workers) {
        OperatingSystem.ofJavaName(System.getProperty("os.name", "")).ifPresent(system -> install(system, workers));
    }

    private static Runnable each(List<WorkerRole> workers, Function<WorkerRole, Future<?>> action) {
        return () -> workers.forEach(worker -> action.apply(worker)
                .onFailure(failure -> LOG.warn("A signal had no effect. reason={}", failure.getMessage())));
    }

    /** The class of signals is not part of Java's own interface, so it is reached by its name. */
    private static void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    WorkerSignals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("This Java does not let the Worker hear SIG{}. reason={}", name, e.toString());
        }
    }
}

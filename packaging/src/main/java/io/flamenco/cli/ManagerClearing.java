package io.flamenco.cli;

import io.flamenco.cli.process.MainThread;
import io.flamenco.manager.ManagerMaintenance;
import io.flamenco.manager.store.Clearance;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes a Manager that does not run forget things, once the person who wants it has agreed. */
final class ManagerClearing {

    private final ManagerMaintenance maintenance;
    private final Path directory;
    private final PrintWriter out;
    private final Consumer<PrintWriter> consent;

    /**
     * @param directory names the Manager to the person
     * @param out where the person reads
     * @param consent returns when the person agrees
     */
    ManagerClearing(ManagerMaintenance maintenance, Path directory, PrintWriter out, Consumer<PrintWriter> consent) {
        this.maintenance = maintenance;
        this.directory = directory;
        this.out = out;
        this.consent = consent;
    }

    /** Forgets all tasks and how far they were downloaded. Without tasks nothing can be lost, so nobody is asked. */
    void cleanSlate() {
        long tasks = MainThread.await(maintenance.with(Clearance::tasks));
        if (tasks > 0) {
            out.printf("""
                    The Manager in %s is about to forget all its tasks: %d.
                    When it starts again, it downloads those that are not done yet from the Server. A Worker that is busy with
                    one is told to stop. Logs stay, and so does what the Server was not told yet.
                    """, directory, tasks);
            consent.accept(out);
        }
        MainThread.await(maintenance.with(Clearance::forgetTasks));
        out.printf("Forgotten: %d tasks. The next download begins from nothing.%n", tasks);
    }

    /** Forgets what the Server was not told yet. */
    void purgeQueue() {
        long updates = MainThread.await(maintenance.with(Clearance::updates));
        if (updates == 0) {
            out.println("Nothing waits to be told to the Server.");
            return;
        }
        out.printf("""
                The Manager in %s is about to forget what the Server was not told yet: %d updates of tasks.
                Data is lost by this: the Server never learns of them, and may have tasks done again that are done.
                """, directory, updates);
        consent.accept(out);
        MainThread.await(maintenance.with(Clearance::forgetUpdates));
        out.printf("Forgotten: %d updates.%n", updates);
    }
}

package io.flamenco.cli;

import io.flamenco.cli.process.CommandFailure;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.shaman.blocking.Shaman;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;

/** Removes forgotten files of a Manager's file store by hand. */
record FileStoreCollection(ManagerConfig.Shaman config, PrintWriter out) {

    /**
     * Does it, and tells what was done.
     *
     * @param dryRun to remove nothing and only say what would be removed
     */
    void collect(boolean dryRun) {
        if (!config.enabled()) {
            throw CommandFailure.of(
                    "The file store is switched off, so there is nothing to remove; set shaman.enabled: true"
                            + " to use it.");
        }
        try (Shaman shaman = Shaman.open(config, Clock.systemUTC())) {
            out.println((dryRun ? "Dry run: " : "") + shaman.collector().run(dryRun));
            out.flush();
        } catch (IOException e) {
            throw CommandFailure.of("Nothing was removed, since not all links could be read: " + e
                    + ". Make the path readable, or correct shaman.garbageCollect.extraCheckoutPaths.");
        }
    }
}

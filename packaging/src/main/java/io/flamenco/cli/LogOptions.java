package io.flamenco.cli;

import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How much is logged, and how. It must be applied before the first logger is made. */
final class LogOptions {

    private static final String CONFIGURATION = "logback.configurationFile";

    @ArgGroup
    @SuppressWarnings("NullAway.Init")
    private Amount amount = new Amount();

    @Option(names = "--json", description = "Log one JSON document a line.")
    private boolean json;

    /** At most one of these. */
    static final class Amount {

        @Option(names = "--debug", description = "Log every decision.")
        private boolean debug;

        @Option(names = "--quiet", description = "Log warnings and errors only.")
        private boolean quiet;

        String level() {
            return debug ? "DEBUG" : quiet ? "WARN" : "INFO";
        }
    }

    /** Logs to the standard error stream. */
    void toConsole() {
        System.setProperty("flamenco.log.console", json ? "JSON" : "TEXT");
        apply();
    }

    /** Logs to a file, and warnings to the standard error stream too, unless somebody asked to see all there. */
    void toFile(Path file) {
        System.setProperty("flamenco.log.console", json ? "JSON" : amount.debug ? "TEXT" : "WARNINGS");
        System.setProperty("flamenco.log.second", "FILE");
        System.setProperty("flamenco.log.file", file.toString());
        apply();
    }

    private void apply() {
        System.setProperty("flamenco.log.level", amount.level());
        System.setProperty("flamenco.log.others", amount.debug ? "INFO" : "WARN");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "conf/logback.xml");
        }
    }
}

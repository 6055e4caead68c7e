package io.flamenco.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How much is logged, and how. It must be applied before the first logger is made. */
final class LogOptions {

    private static final String CONFIGURATION = "logback.configurationFile";

    @Option(
            names = {"-d", "--debug"},
            description = "Log every decision.")
    private boolean debug;

    @Option(names = "--quiet", description = "Log warnings and errors only, unless --debug is given.")
    private boolean quiet;

    @Option(names = "--json", description = "Log one JSON document a line.")
    private boolean json;

    /** Logs to the standard error stream. */
    void toConsole() {
        System.setProperty("flamenco.log.console", json ? "JSON" : "TEXT");
        apply();
    }

    /** Logs to the standard error stream, and to a file of which each day's is kept for a week. */
    void toConsoleAndDaily(Path file) {
        System.setProperty("flamenco.log.second", "DAILY");
        System.setProperty("flamenco.log.daily", file.toString());
        toConsole();
    }

    /** Logs to a file, and warnings to the standard error stream too, unless somebody asked to see all there. */
    void toFile(Path file) {
        System.setProperty("flamenco.log.console", json ? "JSON" : debug ? "TEXT" : "WARNINGS");
        System.setProperty("flamenco.log.second", "FILE");
        System.setProperty("flamenco.log.file", file.toString());
        apply();
    }

    private void apply() {
        System.setProperty("flamenco.log.level", level());
        System.setProperty("flamenco.log.others", debug ? "INFO" : "WARN");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "conf/logback.xml");
        }
    }

    private String level() {
        return debug ? "DEBUG" : quiet ? "WARN" : "INFO";
    }
}

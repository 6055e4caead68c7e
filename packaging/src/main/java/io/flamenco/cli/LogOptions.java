package io.flamenco.cli;

import io.flamenco.cli.process.ConsoleLog;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How much is logged, and how. It must be applied before the first logger is made. */
final class LogOptions {

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
        apply(json ? "JSON" : "TEXT");
    }

    /** Logs to the standard error stream, and to a file of which each day's is kept for a week. */
    void toConsoleAndDaily(Path file) {
        System.setProperty("flamenco.log.second", "DAILY");
        System.setProperty("flamenco.log.daily", file.toString());
        toConsole();
    }

    /** Logs to a file, and warnings to the standard error stream too, unless somebody asked to see all there. */
    void toFile(Path file) {
        System.setProperty("flamenco.log.second", "FILE");
        System.setProperty("flamenco.log.file", file.toString());
        apply(json ? "JSON" : debug ? "TEXT" : "WARNINGS");
    }

    private void apply(String console) {
        ConsoleLog.apply(console, debug ? "DEBUG" : quiet ? "WARN" : "INFO", debug ? "INFO" : "WARN");
    }
}

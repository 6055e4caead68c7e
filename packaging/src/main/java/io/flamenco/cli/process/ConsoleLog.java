package io.flamenco.cli.process;

/** Tells the logging library, before the first logger is made, what to write and where. */
public final class ConsoleLog {

    private static final String CONFIGURATION = "logback.configurationFile";

    private ConsoleLog() {}

    /**
     * Sets it up.
     *
     * @param console how the standard error stream is written: {@code TEXT}, {@code JSON} or {@code WARNINGS}
     * @param level from which our own messages are written
     * @param others from which those of libraries are
     */
    public static void apply(String console, String level, String others) {
        System.setProperty("flamenco.log.console", console);
        System.setProperty("flamenco.log.level", level);
        System.setProperty("flamenco.log.others", others);
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "conf/logback.xml");
        }
    }
}

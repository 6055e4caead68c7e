package io.flamenco.cli.process;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Tells the logging library what to write and where, whether or not a logger has been made already. */
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
        reread();
    }

    /** A logger that was made while the command line was put together has read the configuration too early. */
    private static void reread() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            try {
                new ContextInitializer(context).autoConfig();
            } catch (JoranException e) {
                throw new IllegalStateException("conf/logback.xml cannot be read: " + e.getMessage(), e);
            }
        }
    }
}

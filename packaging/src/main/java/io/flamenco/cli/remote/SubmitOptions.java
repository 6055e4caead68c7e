package io.flamenco.cli.remote;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What can be said of a job whatever its type. */
final class SubmitOptions {

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "The job's name for people. Default: the file's, or the type.")
    Optional<String> name = Optional.empty();

    @Option(names = "--description", paramLabel = "TEXT", description = "What else people should know of it.")
    Optional<String> description = Optional.empty();

    @Option(
            names = "--priority",
            paramLabel = "1..100",
            defaultValue = "50",
            description = "Higher runs earlier. Default: ${DEFAULT-VALUE}")
    int priority;

    @Option(
            names = "--manager",
            paramLabel = "NAME",
            description = "Name or id of the Manager that shall run it; needed when there are several.")
    Optional<String> manager = Optional.empty();

    @Option(names = "--paused", description = "Put it on hold until somebody queues it.")
    boolean paused;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the job type by its name. Numbers, true, false and JSON are taken as such.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--wait",
            description = "Stay until the job has ended, with a progress bar on a terminal; exit with 3 when it did not"
                    + " complete.")
    boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "With --wait: exit with 4 when it takes longer. The job goes on.")
    Optional<Integer> timeout = Optional.empty();
}

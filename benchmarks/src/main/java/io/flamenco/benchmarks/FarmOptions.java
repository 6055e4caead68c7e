package io.flamenco.benchmarks;

import io.flamenco.benchmarks.farm.JarProcess;
import io.flamenco.benchmarks.farm.ManagerUnderTest;
import io.flamenco.benchmarks.farm.StartedManager;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What all rows that need a Manager have in common: which one, and how long to measure it. */
final class FarmOptions {

    @Option(names = "--manager", paramLabel = "URL", description = "Measure this running Manager.")
    @Nullable
    URI manager;

    @Option(names = "--secret", defaultValue = "", description = "Registration secret of the running Manager.")
    String secret = "";

    @Option(names = "--manager-pid", description = "Process of the running Manager, for its processor time.")
    @Nullable
    Long managerPid;

    @Option(names = "--server-port", defaultValue = "0", description = "Port of the fake Server (default: any).")
    int serverPort;

    @Option(names = "--jar", defaultValue = "packaging/target/flamenco.jar", description = "Jar of the Manager.")
    Path jar = Path.of("flamenco.jar");

    @Option(names = "--java", defaultValue = "", description = "Java for the Manager (default: that of this program).")
    String java = "";

    @Option(names = "--java-option", description = "Option for the Manager's Java; may be repeated.")
    List<String> javaOptions = List.of();

    @Option(names = "--setting", paramLabel = "KEY=VALUE", description = "Line of the Manager's configuration.")
    Map<String, String> settings = Map.of();

    @Option(names = "--work", defaultValue = "benchmarks/target/work", description = "Directory for data and logs.")
    Path work = Path.of("work");

    @Option(names = "--warm-up", defaultValue = "15", description = "Seconds before measuring.")
    int warmUpSeconds;

    @Option(names = "--measure", defaultValue = "10", description = "Seconds of each measurement.")
    int measureSeconds;

    @Option(names = "--repetitions", defaultValue = "3", description = "Measurements of each kind.")
    int repetitions;

    @Option(names = "--slice", defaultValue = "200000", description = "Most tasks in one download.")
    int slice;

    /** How long to warm up. */
    Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    /** How long each measurement lasts. */
    Duration measure() {
        return Duration.ofSeconds(measureSeconds);
    }

    /**
     * The Manager to measure, started when none is named.
     *
     * @param directory below the working directory, for its data and its log
     * @param more settings of the row, under those of the command line
     */
    ManagerUnderTest openManager(String directory, URI server, Map<String, String> more) {
        if (manager != null) {
            return new ManagerUnderTest.Running(
                    manager, secret, managerPid == null ? OptionalLong.empty() : OptionalLong.of(managerPid));
        }
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(settings);
        return StartedManager.start(launch(directory), server, all);
    }

    /** How to start a role of the jar, with its data and its log in that directory. */
    JarProcess.Launch launch(String directory) {
        String command = java.isEmpty() ? ownJava() : java;
        Path home = work.resolve(directory + "-" + ProcessHandle.current().pid());
        return new JarProcess.Launch(command, javaOptions, jar, home);
    }

    private static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}

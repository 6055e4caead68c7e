package io.flamenco.worker.blocking.process;

import io.flamenco.shared.plugin.CommandContext.LineHandler;
import io.flamenco.shared.plugin.WorkerCommand.CommandFailure;
import io.flamenco.worker.platform.OperatingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A place where programs are run, what they say, and what may be run. */
final class ProgramTrial {

    static final Duration GRACE = Duration.ofMillis(400);
    static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final ProgramMark mark = ProgramMark.of(Path.of("test-" + UUID.randomUUID()));
    final Path directory;
    final Path pidFile;
    ProgramRules rules = ProgramRules.none(OperatingSystem.LINUX);
    ProcessTrees trees = ProcessTrees.here(OperatingSystem.LINUX, mark);

    ProgramTrial(Path directory) {
        this.directory = directory;
        this.pidFile = directory.resolve("worker.pid");
    }

    void run(String... arguments) throws CommandFailure, InterruptedException {
        new Subprocess("exec", List.of(arguments), surroundings(Duration.ofHours(1)), log::add)
                .run(LineHandler.logging());
    }

    Subprocess.Surroundings surroundings(Duration silence) {
        return new Subprocess.Surroundings(trees, file(), ENVIRONMENT, silence, GRACE, rules);
    }

    ProcessFile file() {
        return new ProcessFile(pidFile, trees);
    }
}

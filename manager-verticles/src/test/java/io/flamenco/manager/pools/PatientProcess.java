package io.flamenco.manager.pools;

import io.flamenco.manager.pools.blocking.WorkerProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that ends with its input, as Workers of the pool do; or, named so, one that starts some of those. */
final class PatientProcess {

    private PatientProcess() {}

    /** With "starter" and a directory, starts two others and stays; otherwise waits for the end of the input. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1 && arguments[0].equals("starter")) {
            WorkerProcesses processes = new WorkerProcesses(Path.of(arguments[1]), Map.of());
            processes.start(command());
            processes.start(command());
            ProcessHandle.current().children().forEach(child -> System.out.println(child.pid()));
        }
        while (System.in.read() >= 0) {
            // nothing is meant for us
        }
    }

    /** The command that runs it. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PatientProcess.class.getName());
    }
}

package io.flamenco.manager.pools;

import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This very program, to be started once more. */
public final class OwnProgram {

    private OwnProgram() {}

    /** The command that runs a Worker of the Manager at that URL, for as long as this process lives. */
    public static List<String> worker(URI manager) {
        String classPath = System.getProperty("java.class.path", "");
        boolean jar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.addAll(
                jar
                        ? List.of("-jar", Path.of(classPath).toAbsolutePath().toString())
                        : List.of("-cp", classPath, "io.flamenco.cli.Flamenco"));
        command.addAll(List.of("worker", "--manager", manager.toString(), "--end-with-input"));
        return command;
    }
}

package io.flamenco.worker.blocking.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A mark that all programs of a Worker bear in their environment, and hand on to whatever they start. By it Linux can tell
 * them from others, even when their parents are gone, they left their process group, or the Worker was killed before it
 * could remember them. Elsewhere the environment of a process cannot be read, and nothing is found.
 *
 * @param processes the directory in which the system shows its processes
 * @param worker tells the Worker apart from others on the machine
 */
public record ProgramMark(Path processes, String worker) {

    /** The variable that programs see. */
    public static final String VARIABLE = "FLAMENCO_PROGRAM_OF";

    private static final Path LINUX_PROCESSES = Path.of("/proc");

    /** The mark of the Worker that has this data directory, on this machine. */
    public static ProgramMark of(Path dataDirectory) {
        return new ProgramMark(
                LINUX_PROCESSES, dataDirectory.toAbsolutePath().normalize().toString());
    }

    /** The environment with the mark in it. */
    Map<String, String> on(Map<String, String> environment) {
        Map<String, String> marked = new HashMap<>(environment);
        marked.put(VARIABLE, worker);
        return marked;
    }

    /** The processes that bear the mark, without this one. */
    List<ProcessHandle> bearers() {
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        long self = ProcessHandle.current().pid();
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != self && bears(process.pid()))
                .toList();
    }

    /** A process that ended meanwhile, or is somebody else's, bears no mark. */
    private boolean bears(long pid) {
        try {
            byte[] environment = Files.readAllBytes(processes.resolve(pid + "/environ"));
            return ("\0" + new String(environment, StandardCharsets.UTF_8) + "\0")
                    .contains("\0" + VARIABLE + "=" + worker + "\0");
        } catch (IOException gone) {
            return false;
        }
    }
}

package io.flamenco.worker.blocking.process;

import io.flamenco.worker.platform.OperatingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts programs so that all of their descendants can be found again, and stops them all.
 *
 * <p>Where the program {@code setsid} exists, a program becomes the leader of a process group of its own, and the whole
 * group is signalled, including processes whose parents are gone. Besides, and elsewhere, the descendants that the system
 * still knows are stopped one by one, and on Linux all that bear the Worker's mark.
 */
public final class ProcessTrees {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessTrees.class);
    private static final int KILL_PATIENCE_SECONDS = 10;

    private final OperatingSystem system;
    private final Optional<Path> setsid;
    private final ProgramMark mark;

    /**
     * @param setsid the program that starts another one in a session of its own; empty where there is none
     * @param mark what all programs of this Worker bear
     */
    public ProcessTrees(OperatingSystem system, Optional<Path> setsid, ProgramMark mark) {
        this.system = system;
        this.setsid = setsid;
        this.mark = mark;
    }

    /** As this machine can do it. */
    public static ProcessTrees here(OperatingSystem system, ProgramMark mark) {
        Optional<Path> setsid = Stream.of("/usr/bin/setsid", "/bin/setsid")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        return new ProcessTrees(system, system.posix() ? setsid : Optional.empty(), mark);
    }

    /** The command line that runs the program in a group of its own, where that is possible. */
    public List<String> inOwnGroup(List<String> arguments) {
        if (setsid.isEmpty()) {
            return arguments;
        }
        List<String> wrapped = new ArrayList<>();
        wrapped.add(setsid.get().toString());
        wrapped.add("--");
        wrapped.addAll(arguments);
        return wrapped;
    }

    /** The variables that a program sees: these and the mark. */
    Map<String, String> environment(Map<String, String> variables) {
        return mark.on(variables);
    }

    /** The process, its descendants, and whatever else bears the mark, as far as the system knows them now. */
    public Tree tree(long pid) {
        List<ProcessHandle> processes = new ArrayList<>(mark.bearers());
        ProcessHandle.of(pid).ifPresent(root -> {
            processes.addAll(root.descendants().toList());
            processes.add(root);
        });
        return new Tree(pid, List.copyOf(processes));
    }

    /** Ends what still bears the mark of this Worker, of which no program can be running now; tells how many. */
    public int killLeftOver() {
        List<ProcessHandle> left = mark.bearers();
        left.forEach(process -> kill(tree(process.pid())));
        return left.size();
    }

    /** Asks the processes and their group to end. */
    public void terminate(Tree tree) {
        groupSignal(tree.leader(), "TERM").ifPresent(ProcessTrees::runQuietly);
        tree.processes().stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroy);
    }

    /** Ends the processes and their group without asking. */
    public void kill(Tree tree) {
        groupSignal(tree.leader(), "KILL").ifPresent(ProcessTrees::runQuietly);
        tree.processes().stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * A process and its descendants at some moment.
     *
     * @param leader the process id of the first one, and of its group where there are groups
     */
    public record Tree(long leader, List<ProcessHandle> processes) {}

    /** The command line that signals a whole group; empty where there are no groups. */
    Optional<List<String>> groupSignal(long pid, String signal) {
        return setsid.isEmpty() || !system.posix()
                ? Optional.empty()
                : Optional.of(List.of("/bin/kill", "-s", signal, "--", "-" + pid));
    }

    private static void runQuietly(List<String> arguments) {
        boolean interrupted = Thread.interrupted();
        try {
            Process kill = new ProcessBuilder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(KILL_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warn("A process group could not be signalled; its known processes are ended one by one.", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

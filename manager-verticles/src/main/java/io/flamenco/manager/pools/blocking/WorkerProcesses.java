package io.flamenco.manager.pools.blocking;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Workers as processes on this machine. Each has a number, and with it a data directory, so that it stays the same Worker when it is
 * started again. A Worker reads its standard input, which ends with this process however that ends; then it ends too.
 */
public final class WorkerProcesses {

    private static final long PATIENCE_SECONDS = 20;

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<Integer, Process> running = new TreeMap<>();

    /**
     * @param directory for the Workers' data and logs; made when needed
     * @param environment added to that of this process
     */
    public WorkerProcesses(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** How many run. */
    public synchronized int count() {
        return running.size();
    }

    /**
     * Forgets those that have ended by themselves.
     *
     * @return exit codes by number
     */
    public synchronized Map<Integer, Integer> takeEnded() {
        Map<Integer, Integer> ended = new HashMap<>();
        running.forEach((number, process) -> {
            if (!process.isAlive()) {
                ended.put(number, process.exitValue());
            }
        });
        running.keySet().removeAll(ended.keySet());
        return ended;
    }

    /**
     * Starts one more.
     *
     * @param program the command, to which the data directory is added
     */
    public synchronized void start(List<String> program) throws IOException {
        int number = 1;
        while (running.containsKey(number)) {
            number++;
        }
        Path data = Files.createDirectories(directory.resolve("worker-" + number));
        File log = data.resolve("output.log").toFile();
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(environment);
        builder.environment().put("FLAMENCO_WORKER_NICKNAME", "local-" + number);
        running.put(number, builder.start());
    }

    /** Asks the last ones to stop until so many are left; they give their tasks back and are forgotten here once they ended. */
    public synchronized void stopDownTo(int left) {
        running.values().stream().skip(left).forEach(Process::destroy);
    }

    /** Ends all, in good order if they do that in time. */
    public synchronized void stopAll() {
        running.values().forEach(Process::destroy);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (Process process : running.values()) {
            try {
                if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
    }
}

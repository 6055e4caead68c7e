package io.flamenco.benchmarks.farm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a Java process says of its heap, through the JDK's own {@code jcmd}. Blocks. */
public final class HeapFigures {

    private HeapFigures() {}

    /** The heap's occupation after a full collection, in the words of that process's Java. */
    public static String afterCollection(long pid) {
        ask(pid, "GC.run");
        return ask(pid, "GC.heap_info");
    }

    private static String ask(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException("The heap of process " + pid + " cannot be asked for.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The benchmark was interrupted.", e);
        }
    }
}

package io.flamenco.cli.upload;

import io.flamenco.cli.process.CommandFailure;
import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks Blender which files a .blend uses. */
final class BlenderFiles {

    private static final String SCRIPT = "linked_files.py";
    private static final String MARK = "FLAMENCO ";

    private final String blender;
    private final Consumer<String> say;

    /**
     * @param blender the program
     * @param say is told what people should know
     */
    BlenderFiles(String blender, Consumer<String> say) {
        this.blender = blender;
        this.say = say;
    }

    /** A file that the .blend uses, as Blender tells it. */
    record Used(String stored, Path file) {}

    /** The files that it uses and that are there; none when it is no .blend or there is no Blender. */
    Collection<Path> usedBy(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".blend")) {
            return List.of();
        }
        Set<Path> files = new TreeSet<>();
        for (Used used : ask(file)) {
            if (!Files.isRegularFile(used.file())) {
                say.accept("warning: " + used.file() + " is used by the .blend and is not there");
            } else {
                files.add(used.file());
                warnOfAbsolutePath(used);
            }
        }
        return files;
    }

    private void warnOfAbsolutePath(Used used) {
        if (!used.stored().startsWith("//")) {
            say.accept(
                    "warning: the .blend uses " + used.file() + " by its absolute path, which Workers may not have; in"
                            + " Blender, choose File > External Data > Make Paths Relative");
        }
    }

    private List<Used> ask(Path file) {
        try {
            Path script = Files.createTempFile("flamenco-", ".py");
            try (InputStream resource = BlenderFiles.class.getResourceAsStream(SCRIPT)) {
                if (resource == null) {
                    throw new IllegalStateException(SCRIPT + " is missing from the jar");
                }
                Files.write(script, resource.readAllBytes());
                return run(file, script);
            } finally {
                Files.delete(script);
            }
        } catch (IOException e) {
            say.accept("warning: Blender could not be asked which files the .blend uses (" + e.getMessage()
                    + "); name them with --with, or the program with --blender");
            return List.of();
        }
    }

    private List<Used> run(Path file, Path script) throws IOException {
        Process process = new ProcessBuilder(
                        blender,
                        "--background",
                        "--factory-startup",
                        "--disable-autoexec",
                        file.toString(),
                        "--python-exit-code",
                        "1",
                        "--python",
                        script.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<Used> used = new ArrayList<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().filter(line -> line.startsWith(MARK)).forEach(line -> used.add(parse(line)));
            if (process.waitFor() != 0) {
                throw CommandFailure.of("Blender cannot read " + file + "; it ended with " + process.exitValue() + ".");
            }
            return used;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw CommandFailure.of("The upload was interrupted.");
        }
    }

    private static Used parse(String line) {
        JsonArray pair = new JsonArray(line.substring(MARK.length()));
        return new Used(pair.getString(0), Path.of(pair.getString(1)));
    }
}

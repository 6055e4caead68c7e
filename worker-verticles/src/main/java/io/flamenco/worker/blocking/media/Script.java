package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.CommandContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Python script of ours, as a file that Blender can run; it is deleted when it is closed. */
record Script(Path file) implements AutoCloseable {

    /** Writes the script of that name from beside this class to a temporary file. */
    static Script named(String name, CommandContext context) throws IOException {
        Path file = Files.createTempFile("flamenco-", "-" + name);
        try (InputStream script = Script.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IOException("the script " + name + " is missing in the jar");
            }
            Files.write(file, script.readAllBytes());
        }
        context.letProgramsUse(file);
        return new Script(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}

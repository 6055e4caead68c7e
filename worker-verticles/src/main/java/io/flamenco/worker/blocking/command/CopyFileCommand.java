package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Copies a file. Unlike the original, an existing destination is replaced only once the copy is whole, and copying a file to
 * itself leaves it as it is.
 */
final class CopyFileCommand implements WorkerCommand {

    private static final int CHUNK_BYTES = 1 << 20;

    @Override
    public String name() {
        return "copy_file";
    }

    @Override
    public String description() {
        return "Copies a file with its permissions; an existing one is overwritten, missing directories are made.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("src", SettingDescription.Type.PATH, "The file to copy."),
                SettingDescription.required("dest", SettingDescription.Type.PATH, "The file to write."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("src");
        settings.filledText("dest");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        Path from = Path.of(Checked.read(() -> settings.filledText("src")));
        Path to = Path.of(Checked.read(() -> settings.filledText("dest")));
        if (!Files.exists(from)) {
            throw new CommandFailure("Path " + from + " does not exist, unable to copy it");
        }
        if (Files.isDirectory(to)) {
            throw new CommandFailure("Path " + to + " is a directory, so no file can be copied onto it");
        }
        FarmFiles.makeParent(to, name(), context);
        context.log(name() + ": Copying " + from + " to " + to);
        if (Files.exists(to) && Files.isSameFile(from, to)) {
            context.log(name() + ": Both are the same file, nothing to do.");
        } else {
            copy(from, to, context);
        }
        context.outputProduced(to);
    }

    private static void copy(Path from, Path to, CommandContext context) throws IOException, InterruptedException {
        Path partial = to.resolveSibling("." + to.getFileName() + "." + context.taskId() + ".partial");
        try {
            copyContent(from, partial, context);
            copyPermissions(from, partial, context);
            Files.move(partial, to, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void copyContent(Path from, Path to, CommandContext context)
            throws IOException, InterruptedException {
        long size = Math.max(1, Files.size(from));
        long copied = 0;
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream input = Files.newInputStream(from);
                OutputStream output = Files.newOutputStream(to)) {
            for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the task is to stop");
                }
                output.write(chunk, 0, count);
                copied += count;
                context.progress((int) (100 * copied / size));
            }
        }
    }

    private static void copyPermissions(Path from, Path to, CommandContext context) {
        try {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        } catch (IOException | UnsupportedOperationException e) {
            context.log("copy_file: The permissions were not copied: " + e.getMessage());
        }
    }
}

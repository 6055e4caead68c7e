package io.flamenco.worker.blocking.command;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves a file to a name with a number in it that is higher than all there are. */
final class MoveWithCounterCommand implements WorkerCommand {

    private static final Pattern DATE_FIRST = Pattern.compile("([0-9_]+)(.*)", Pattern.DOTALL);
    private static final int ATTEMPTS = 100;

    /** A file name in two parts, between which the counter goes. */
    record Split(String prefix, String suffix) {

        static Split of(String name) {
            Matcher date = DATE_FIRST.matcher(name);
            if (date.matches()) {
                return new Split(date.group(1) + "_", date.group(2));
            }
            int dot = name.lastIndexOf('.');
            return dot > 0 ? new Split(name.substring(0, dot) + "_", name.substring(dot)) : new Split(name + "_", "");
        }
    }

    @Override
    public String name() {
        return "move_with_counter";
    }

    @Override
    public String description() {
        return "Moves a file to a name with a number of at least three digits in it, one higher than all there are.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("src", SettingDescription.Type.PATH, "What to move."),
                SettingDescription.required(
                        "dest",
                        SettingDescription.Type.PATH,
                        "Where to; the number goes behind a date at its start, or else at its end."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("src");
        settings.filledText("dest");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context) throws CommandFailure, IOException {
        Path from = Path.of(Checked.read(() -> settings.filledText("src")));
        Path to = Path.of(Checked.read(() -> settings.filledText("dest")));
        if (!FarmFiles.exists(from)) {
            throw new CommandFailure("Path " + from + " does not exist, unable to move it");
        }
        FarmFiles.makeParent(to, name(), context);
        Split split = Split.of(String.valueOf(to.getFileName()));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long counter =
                    FarmFiles.highestCounter(to, split.prefix(), split.suffix()).orElse(0) + 1;
            Path numbered = to.resolveSibling(split.prefix() + "%03d".formatted(counter) + split.suffix());
            if (moved(from, numbered, context)) {
                return;
            }
        }
        throw new CommandFailure("Others take every number beside " + to + " at the same time");
    }

    /** Whether nobody else took the number meanwhile. */
    private boolean moved(Path from, Path to, CommandContext context) throws IOException {
        try {
            context.log(name() + ": Moving " + from + " to " + to);
            FarmFiles.move(from, to);
            context.outputProduced(to);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}

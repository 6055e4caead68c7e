package org.example.greet;

import io.flamenco.shared.plugin.CommandContext;
import io.flamenco.shared.plugin.CommandSettings;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.WorkerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Greets people in the task's log, and in a file if one is named. */
final class GreetCommand implements WorkerCommand {

    @Override
    public String name() {
        return "greet";
    }

    @Override
    public String description() {
        return "Greets people in the task's log, and in a file if one is named.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                SettingDescription.required("people", SettingDescription.Type.TEXT, "Whom, parted by commas."),
                SettingDescription.optional("file", SettingDescription.Type.PATH, "Where to write the greetings."));
    }

    @Override
    public void check(CommandSettings settings, CommandContext context) throws InvalidSettings {
        settings.filledText("people");
        settings.optionalFilledText("file");
    }

    @Override
    public void run(CommandSettings settings, CommandContext context)
            throws CommandFailure, IOException, InterruptedException {
        String[] people = String.valueOf(settings.values().get("people")).split("\\s*,\\s*");
        StringBuilder greetings = new StringBuilder();
        for (int i = 0; i < people.length; i++) {
            context.activity("Greeting " + people[i]);
            context.log("Hello " + people[i]);
            greetings.append("Hello ").append(people[i]).append('\n');
            context.progress(100 * (i + 1) / people.length);
        }
        Object file = settings.values().get("file");
        if (file != null) {
            Files.writeString(Path.of(file.toString()), greetings);
            context.outputProduced(Path.of(file.toString()));
        }
    }
}

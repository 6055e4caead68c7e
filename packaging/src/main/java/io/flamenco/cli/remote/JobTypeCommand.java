package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.JobView;
import io.flamenco.cli.jobs.SettingText;
import io.flamenco.cli.process.ExitCode;
import io.flamenco.cli.upload.UploadOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** {@code flamenco submit TYPE}, with an option for each setting of that type. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class JobTypeCommand implements Callable<Integer> {

    private final JobType type;
    private final CommandSpec spec;

    private final UploadOptions upload = new UploadOptions();

    @Mixin
    private SubmitOptions options = new SubmitOptions();

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    private JobTypeCommand(JobType type) {
        this.type = type;
        this.spec = CommandSpec.forAnnotatedObject(this);
    }

    /** The command for jobs of that type. */
    static CommandSpec of(JobType type) {
        JobTypeCommand command = new JobTypeCommand(type);
        CommandSpec spec = command.spec;
        spec.name(type.name()).usageMessage().description(type.description().replace("%", "%%"));
        if (type.has(SettingOptions.FILE)) {
            spec.addPositional(PositionalParamSpec.builder()
                    .index("0")
                    .arity("0..1")
                    .paramLabel("FILE")
                    .type(String.class)
                    .description("The file to work on. Workers must see it under the same path.")
                    .build());
            spec.addMixin("upload", CommandSpec.forAnnotatedObject(command.upload));
        }
        SettingOptions.add(type, spec);
        return spec;
    }

    @Override
    public Integer call() {
        remote.beginLog();
        JsonObject settings = settings();
        List<String> missing = type.settings().stream()
                .filter(setting -> setting.required() && !settings.containsKey(setting.name()))
                .map(setting ->
                        setting.name().equals(SettingOptions.FILE) ? "FILE" : SettingOptions.name(setting.name()))
                .toList();
        if (!missing.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "A job of type " + type.name() + " also needs " + String.join(", ", missing) + ".");
        }
        if (upload.wanted() && file().isPresent()) {
            settings.put(SettingOptions.FILE, upload.filepath(Path.of(file().get()), this::note));
        }
        return remote.run(spec, with -> submit(with, settings));
    }

    private void note(String line) {
        spec.commandLine().getErr().println(line);
    }

    private JsonObject settings() {
        JsonObject settings = new JsonObject();
        type.settings().stream()
                .filter(setting -> setting.defaultValue() != null)
                .forEach(setting -> settings.put(setting.name(), setting.defaultValue()));
        file().ifPresent(file -> {
            settings.put(SettingOptions.FILE, file);
            if (type.has("render_output") && !upload.wanted()) {
                settings.put("render_output", FarmFile.usualOutput(file));
            }
        });
        settings.mergeIn(SettingOptions.given(type, spec.commandLine().getParseResult()));
        options.settings.forEach((key, text) -> settings.put(key, value(key, text)));
        return settings;
    }

    /** A text stays one even when it looks like a number. */
    private Object value(String key, String text) {
        boolean isText = type.settings().stream()
                .filter(setting -> setting.name().equals(key))
                .anyMatch(setting -> switch (setting.type()) {
                    case TEXT, PATH, FRAMES -> true;
                    case INTEGER, NUMBER, BOOLEAN, TEXT_LIST -> false;
                });
        return isText ? text : SettingText.value(text);
    }

    private Optional<String> file() {
        return spec.positionalParameters().stream()
                .filter(file -> file.getValue() != null)
                .findFirst()
                .map(file -> FarmFile.onFarm(file.<String>getValue()));
    }

    private Future<Integer> submit(Remote with, JsonObject settings) {
        return manager(with)
                .compose(manager -> with.calls().post("jobs", document(settings, manager)))
                .compose(job -> {
                    JobView view = JobView.of(job);
                    if (!options.wait) {
                        show(with, job, view);
                        return Future.succeededFuture(ExitCode.DONE);
                    }
                    if (!with.screen().json()) {
                        with.screen().say(view.id().hex());
                    }
                    return new Following(with, options.timeout).untilEnded(view);
                });
    }

    private static void show(Remote with, JsonObject job, JobView view) {
        if (with.screen().json()) {
            with.screen().say(job);
        } else {
            with.screen().say(view.id().hex());
        }
    }

    private Future<Optional<String>> manager(Remote with) {
        return options.manager
                .map(text -> new Ids(with).manager(text).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private JsonObject document(JsonObject settings, Optional<String> manager) {
        JsonObject document = new JsonObject()
                .put("job_type", type.name())
                .put(
                        "name",
                        options.name.orElseGet(() -> file().map(FarmFile::stem).orElse(type.name())))
                .put("priority", options.priority)
                .put("start_paused", options.paused)
                .put("settings", settings);
        options.description.ifPresent(text -> document.put("description", text));
        manager.ifPresent(id -> document.put("manager", id));
        return document;
    }
}

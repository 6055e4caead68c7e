package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.List;

/** Lets Workers do nothing for a while; good for trying out a farm. */
final class SleepCompiler implements JobCompiler {

    private static final double LONGEST_SECONDS = 86_400;

    @Override
    public String jobType() {
        return "sleep";
    }

    @Override
    public String description() {
        return "Does nothing for a while, once per chunk of frames. For trying out a farm.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(
                Describe.FRAMES,
                Describe.CHUNK_SIZE,
                new SettingDescription(
                        "time_in_seconds",
                        SettingDescription.Type.INTEGER,
                        true,
                        3,
                        0.0,
                        LONGEST_SECONDS,
                        List.of(),
                        "Seconds",
                        "How long each task sleeps."));
    }

    @Override
    public List<String> check(JobToCompile job) {
        return List.of();
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        JobSettings settings = new JobSettings(job.settings());
        int seconds = settings.integer("time_in_seconds");
        Drafts drafts = new Drafts();
        for (FrameRange chunk : settings.frames().chunks(settings.positive("chunk_size"))) {
            drafts.add(
                    "sleep-" + chunk.merged(),
                    TaskTypes.SLEEP,
                    List.of(),
                    command("echo", "message", "Preparing to sleep"),
                    command("sleep", "time_in_seconds", seconds));
        }
        return drafts.tasks();
    }
}

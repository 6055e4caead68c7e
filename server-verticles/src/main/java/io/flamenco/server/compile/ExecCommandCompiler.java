package io.flamenco.server.compile;

import static io.flamenco.server.compile.Drafts.command;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.util.List;

/** Runs one command line on one Worker. Whoever may submit it can run anything on the farm, so it is off by default. */
final class ExecCommandCompiler implements JobCompiler {

    static final String JOB_TYPE = "exec-command";

    @Override
    public String jobType() {
        return JOB_TYPE;
    }

    @Override
    public String description() {
        return "Runs one command line on one Worker, without a shell.";
    }

    @Override
    public List<SettingDescription> settings() {
        return List.of(Describe.required(
                "cmd",
                SettingDescription.Type.TEXT,
                "Command",
                "Program and arguments, quoted as for a shell; nothing is expanded."));
    }

    @Override
    public List<String> check(JobToCompile job) {
        return List.of();
    }

    @Override
    public List<TaskDraft> compile(JobToCompile job) throws CompilationFailure {
        List<String> words = ShellWords.split(new JobSettings(job.settings()).text("cmd"));
        if (words.isEmpty()) {
            throw new CompilationFailure("The command is empty.");
        }
        Drafts drafts = new Drafts();
        drafts.add(JOB_TYPE, TaskTypes.DEBUG, List.of(), command("exec", "cmd", ShellWords.join(words)));
        return drafts.tasks();
    }
}

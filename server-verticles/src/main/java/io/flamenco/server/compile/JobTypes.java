package io.flamenco.server.compile;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import io.flamenco.shared.plugin.JobCompilerProvider;
import io.flamenco.shared.plugin.JobToCompile;
import io.flamenco.shared.plugin.PluginJars;
import io.flamenco.shared.plugin.SettingDescription;
import io.flamenco.shared.plugin.TaskDraft;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The job types of this Server: ours and those of plug-ins. */
public final class JobTypes {

    private final Map<String, JobCompiler> compilers = new TreeMap<>();

    /**
     * Finds all compilers: ours, and those in the jars of a directory; blocks.
     *
     * @param allowExecCommand whether jobs may run any program
     * @param plugins may be absent
     * @throws StartFailure when a plug-in cannot be loaded
     */
    public static JobTypes load(boolean allowExecCommand, Path plugins) {
        try {
            return load(allowExecCommand, PluginJars.in(plugins));
        } catch (ServiceConfigurationError | LinkageError | IOException e) {
            throw new StartFailure("A plug-in in " + plugins.toAbsolutePath() + " cannot be loaded (" + e.getMessage()
                    + "). Replace its jar, or move it away.");
        }
    }

    /** Finds our own compilers. */
    public static JobTypes load(boolean allowExecCommand) {
        return load(allowExecCommand, JobTypes.class.getClassLoader());
    }

    private static JobTypes load(boolean allowExecCommand, ClassLoader classes) {
        List<JobCompiler> found = new ArrayList<>();
        ServiceLoader.load(JobCompilerProvider.class, classes).forEach(provider -> found.addAll(provider.compilers()));
        found.removeIf(compiler -> !allowExecCommand && compiler instanceof ExecCommandCompiler);
        return new JobTypes(found);
    }

    /** Knows these; when two have the same name the later one counts. */
    public JobTypes(Collection<JobCompiler> compilers) {
        for (JobCompiler compiler : compilers) {
            if (this.compilers.put(compiler.jobType(), compiler) != null) {
                // No field: the command line makes this class before it has said how to log.
                LoggerFactory.getLogger(JobTypes.class)
                        .warn(
                                "A plug-in replaces a job type. job_type={} by={}",
                                compiler.jobType(),
                                compiler.getClass());
            }
        }
    }

    /** All of them, by name. */
    public Collection<JobCompiler> all() {
        return List.copyOf(compilers.values());
    }

    /** The compiler of that job type; empty when there is none. */
    public Optional<JobCompiler> of(String jobType) {
        return Optional.ofNullable(compilers.get(jobType));
    }

    /** Why there is no such job type, for people. */
    public String unknown(String jobType) {
        String hint = jobType.equals(ExecCommandCompiler.JOB_TYPE)
                ? "it is switched off here; an administrator can set allow_exec_command: true"
                : "known are " + String.join(", ", compilers.keySet());
        return "The job type \"" + jobType + "\" cannot be used: " + hint + ".";
    }

    /** What is wrong with the settings, one sentence each; empty when nothing is. */
    public static List<String> problems(JobCompiler compiler, JobToCompile job) {
        List<String> mayBeMissing = job.filesMayFollow() ? List.of("filepath") : List.of();
        Set<String> problems = new LinkedHashSet<>(compiler.check(job));
        problems.addAll(SettingsCheck.problems(compiler.settings(), job.settings(), mayBeMissing));
        return List.copyOf(problems);
    }

    /** Which settings are none of that job type, one sentence each. */
    public static List<String> strangeSettings(JobCompiler compiler, Map<String, @Nullable Object> settings) {
        List<String> known =
                compiler.settings().stream().map(SettingDescription::name).toList();
        return settings.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> "There is no setting \"" + name + "\" of the job type " + compiler.jobType()
                        + "; known are " + String.join(", ", known) + ".")
                .toList();
    }

    /**
     * The settings, with the usual values of those that a job cannot do without and that were left out. Others stay left out: a
     * job without a speed for its video wants none.
     */
    public static Map<String, @Nullable Object> withDefaults(
            JobCompiler compiler, Map<String, @Nullable Object> settings) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(settings);
        compiler.settings().stream()
                .filter(setting -> setting.required() && setting.defaultValue() != null)
                .forEach(setting -> all.putIfAbsent(setting.name(), setting.defaultValue()));
        return all;
    }

    /**
     * The tasks of the job. A plug-in's blunder counts as a failure to compile.
     *
     * @throws CompilationFailure when there are none to be had, or their parents do not come before them
     */
    public static List<TaskDraft> compile(JobCompiler compiler, JobToCompile job) throws CompilationFailure {
        List<String> problems = problems(compiler, job);
        if (!problems.isEmpty()) {
            throw new CompilationFailure(String.join(" ", problems));
        }
        List<TaskDraft> tasks;
        try {
            tasks = compiler.compile(job);
        } catch (RuntimeException e) {
            throw new CompilationFailure("The compiler of " + compiler.jobType() + " failed: " + e);
        }
        for (int i = 0; i < tasks.size(); i++) {
            int position = i;
            if (tasks.get(i).parents().stream().anyMatch(parent -> parent < 0 || parent >= position)) {
                throw new CompilationFailure("The compiler of " + compiler.jobType() + " put the task \""
                        + tasks.get(i).name() + "\" before one that it waits for.");
            }
        }
        return tasks;
    }
}

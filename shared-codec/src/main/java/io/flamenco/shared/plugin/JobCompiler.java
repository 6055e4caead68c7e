package io.flamenco.shared.plugin;

import java.util.List;

/** Turns the settings of a job into its tasks. A pure function: the same job always gives the same tasks. */
public interface JobCompiler {

    /** The name in jobs, such as {@code blender-render}. */
    String jobType();

    /** What people read beside the name. */
    String description();

    /** The settings that it understands, in the order in which people should see them. */
    List<SettingDescription> settings();

    /**
     * Checks the settings of a job that is being submitted.
     *
     * @return what is wrong, one sentence each that names the setting; empty when nothing is
     */
    List<String> check(JobToCompile job);

    /**
     * The job's tasks, parents before their children.
     *
     * @throws CompilationFailure when the settings give no tasks; the message is shown to people
     */
    List<TaskDraft> compile(JobToCompile job) throws CompilationFailure;

    /** Settings that cannot be compiled. */
    final class CompilationFailure extends Exception {

        private static final long serialVersionUID = 1;

        public CompilationFailure(String message) {
            super(message);
        }
    }
}

package io.flamenco.shared.plugin;

import java.util.List;

/** Brings job types to a Server; found by {@link java.util.ServiceLoader}. */
public interface JobCompilerProvider {

    /** The compilers; called once at start. */
    List<JobCompiler> compilers();
}

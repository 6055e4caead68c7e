package org.example.countdown;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobCompilerProvider;
import java.util.List;

/** Named in META-INF/services, so that a Server finds it. */
public final class CountdownJobs implements JobCompilerProvider {

    @Override
    public List<JobCompiler> compilers() {
        return List.of(new CountdownCompiler());
    }
}

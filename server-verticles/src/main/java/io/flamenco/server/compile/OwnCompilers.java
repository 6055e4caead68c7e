package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler;
import io.flamenco.shared.plugin.JobCompilerProvider;
import java.util.List;

/** Brings our own job types. */
public final class OwnCompilers implements JobCompilerProvider {

    /** For {@link java.util.ServiceLoader}. */
    public OwnCompilers() {}

    @Override
    public List<JobCompiler> compilers() {
        return List.of(
                new BlenderRenderCompiler(),
                new ProgressiveCompiler(),
                new VideoChunksCompiler(),
                new TestPatternCompiler(),
                new SleepCompiler(),
                new ExecCommandCompiler());
    }
}

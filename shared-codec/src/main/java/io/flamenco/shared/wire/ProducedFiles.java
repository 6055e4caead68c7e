package io.flamenco.shared.wire;

import java.util.List;

/** Files that a Worker has just made, as paths that the Manager can open too. */
public record ProducedFiles(List<String> paths) {

    public ProducedFiles {
        paths = Absent.list(paths);
    }
}

package io.flamenco.shared.wire;

import java.util.List;

/** The tasks that the Server gives a Manager to run. */
public record Depsgraph(List<WireTask> depsgraph) {

    public Depsgraph {
        depsgraph = Absent.list(depsgraph);
    }
}

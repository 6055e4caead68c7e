package io.flamenco.shared.plugin;

import java.util.List;

/** Brings commands that a Worker can run; found by {@link java.util.ServiceLoader}. */
public interface WorkerCommandProvider {

    /** The commands; called once at start. */
    List<WorkerCommand> commands();
}

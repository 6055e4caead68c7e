package io.flamenco.worker.blocking;

import java.nio.file.Path;
import java.util.List;

/**
 * Paths that are tried before each task.
 *
 * @param readable must be readable
 * @param writable must be writable
 */
public record PreTaskCheck(List<Path> readable, List<Path> writable) {

    public PreTaskCheck {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }
}

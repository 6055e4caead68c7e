package io.flamenco.manager.images;

import io.flamenco.shared.id.WorkerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The few newest files that wait to be looked at; when one more comes, the oldest is forgotten. */
final class WaitingFiles {

    private static final int MOST = 3;

    private final Deque<Produced> files = new ArrayDeque<>();

    /** A file that was made, and by which Worker, if that is known. */
    record Produced(@Nullable WorkerId worker, String path) {}

    /** Adds a file; returns the one that is forgotten for it. */
    Optional<Produced> add(Produced file) {
        files.addLast(file);
        return files.size() > MOST ? Optional.of(files.removeFirst()) : Optional.empty();
    }

    /** The newest, which is taken out together with all that are older. */
    Optional<Produced> takeNewest() {
        Optional<Produced> newest = Optional.ofNullable(files.pollLast());
        files.clear();
        return newest;
    }
}

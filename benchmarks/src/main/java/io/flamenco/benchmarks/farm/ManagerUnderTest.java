package io.flamenco.benchmarks.farm;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/** The Manager that is measured; closing it stops it if we started it. */
public interface ManagerUnderTest extends AutoCloseable {

    /** Where it listens. */
    URI url();

    /** What Workers need to register; empty when anybody may. */
    String joinSecret();

    /** Its process; absent when it runs where we cannot look. */
    OptionalLong pid();

    @Override
    void close();

    /** Its processor time and memory now; absent when it runs where we cannot look. */
    default Optional<ProcessFigures> figures() {
        return pid().isPresent() ? Optional.of(ProcessFigures.of(pid().getAsLong())) : Optional.empty();
    }

    /** A Manager that somebody else started. */
    record Running(URI url, String joinSecret, OptionalLong pid) implements ManagerUnderTest {

        @Override
        public void close() {
            // It goes on running, for it is not ours.
        }
    }
}

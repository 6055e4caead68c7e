package io.flamenco.manager.domain;

/** The answer of a state machine. A refusal is everyday life: a late report, a repeated request. */
public sealed interface Transition<S> {

    /** The new state; may be the old one when the event confirms it. */
    record Moved<S>(S state) implements Transition<S> {}

    /**
     * Nothing changes.
     *
     * @param reason for people and logs
     */
    record Refused<S>(String reason) implements Transition<S> {}

    /** The move to that state. */
    static <S> Transition<S> to(S state) {
        return new Moved<>(state);
    }

    /** Nothing changes, for that reason. */
    static <S> Transition<S> no(String reason) {
        return new Refused<>(reason);
    }
}

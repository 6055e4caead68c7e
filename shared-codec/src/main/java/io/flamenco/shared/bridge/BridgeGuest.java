package io.flamenco.shared.bridge;

import io.flamenco.shared.people.FarmRole;

/**
 * Somebody who uses the bus from outside.
 *
 * @param id of the person; empty for a stranger where strangers may read
 * @param name for people
 * @param role what they may do
 * @param means how they proved who they are, as the audit log names it
 */
public record BridgeGuest(String id, String name, FarmRole role, String means) {

    /** Anybody, where everybody may read. */
    public static final BridgeGuest STRANGER = new BridgeGuest("", "a stranger", FarmRole.VIEWER, "");

    /** Whether it is nobody in particular. */
    public boolean isStranger() {
        return id.isEmpty();
    }

    /** Whether it is the same person, who may do the same. */
    boolean isStill(BridgeGuest other) {
        return id.equals(other.id) && role == other.role;
    }
}

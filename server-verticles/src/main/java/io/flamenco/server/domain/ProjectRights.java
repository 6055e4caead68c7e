package io.flamenco.server.domain;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import java.util.Set;

/**
 * Who may submit jobs to a project, and which Managers may run them.
 *
 * @param openToAll whether everybody who may submit jobs may submit here
 * @param members who may when it is not open to all; admins and wranglers always may
 * @param managers that run its jobs; empty when any may
 */
public record ProjectRights(boolean openToAll, Set<UserId> members, Set<ManagerId> managers) {

    /** A project for everybody and every Manager. */
    public static final ProjectRights OPEN = new ProjectRights(true, Set.of(), Set.of());

    public ProjectRights {
        members = Set.copyOf(members);
        managers = Set.copyOf(managers);
    }

    /** Whether that user may submit jobs to it. */
    public boolean usableBy(UserId user, FarmRole role) {
        boolean member = openToAll || members.contains(user) || role.covers(FarmRole.WRANGLER);
        return member && Action.SUBMIT_JOBS.allowedTo(role);
    }

    /** Whether that Manager may run its jobs. */
    public boolean servedBy(ManagerId manager) {
        return managers.isEmpty() || managers.contains(manager);
    }
}

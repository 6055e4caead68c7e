package io.flamenco.server.domain;

import io.flamenco.shared.people.FarmRole;

/**
 * What people do at the Server, and the least role that it takes. This is the whole table of permissions: a role may do what
 * names it or one after it.
 */
public enum Action {
    /** Look at jobs, tasks, Workers, Managers and projects. Open to all when the Server says so. */
    READ(FarmRole.VIEWER),
    /** Log out, change one's password, make and revoke one's API tokens. */
    OWN_ACCOUNT(FarmRole.VIEWER),
    /** Submit jobs, and get tokens for Managers that run them. */
    SUBMIT_JOBS(FarmRole.ARTIST),
    /** Change, cancel, queue again, archive or delete a job of one's own, and its tasks. */
    CHANGE_OWN_JOBS(FarmRole.ARTIST),
    /** The same with everybody's jobs. */
    CHANGE_ALL_JOBS(FarmRole.WRANGLER),
    /** Ask Workers to sleep, wake or end. */
    ORDER_WORKERS(FarmRole.WRANGLER),
    /** Make projects, choose their people and Managers. */
    MANAGE_PROJECTS(FarmRole.ADMIN),
    /** Link, name and remove Managers. */
    MANAGE_MANAGERS(FarmRole.ADMIN),
    /** Make, change and remove users. */
    MANAGE_USERS(FarmRole.ADMIN),
    /** Take the whole database away. */
    BACK_UP(FarmRole.ADMIN),
    /** Read who changed what. */
    READ_AUDIT(FarmRole.ADMIN);

    private final FarmRole least;

    Action(FarmRole least) {
        this.least = least;
    }

    /** Whether that role may do it. */
    public boolean allowedTo(FarmRole role) {
        return role.covers(least);
    }

    /** The least role that it takes. */
    public FarmRole least() {
        return least;
    }
}

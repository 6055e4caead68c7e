package io.flamenco.server.domain;

/**
 * What people do at the Server, and the least role that it takes. This is the whole table of permissions: a role may do what
 * names it or one after it.
 */
public enum Action {
    /** Look at jobs, tasks, Workers, Managers and projects. Open to all when the Server says so. */
    READ(UserRole.VIEWER),
    /** Log out, change one's password, make and revoke one's API tokens. */
    OWN_ACCOUNT(UserRole.VIEWER),
    /** Submit jobs, and get tokens for Managers that run them. */
    SUBMIT_JOBS(UserRole.ARTIST),
    /** Change, cancel, queue again, archive or delete a job of one's own, and its tasks. */
    CHANGE_OWN_JOBS(UserRole.ARTIST),
    /** The same with everybody's jobs. */
    CHANGE_ALL_JOBS(UserRole.WRANGLER),
    /** Ask Workers to sleep, wake or end. */
    ORDER_WORKERS(UserRole.WRANGLER),
    /** Make projects, choose their people and Managers. */
    MANAGE_PROJECTS(UserRole.ADMIN),
    /** Link, name and remove Managers. */
    MANAGE_MANAGERS(UserRole.ADMIN),
    /** Make, change and remove users. */
    MANAGE_USERS(UserRole.ADMIN),
    /** Take the whole database away. */
    BACK_UP(UserRole.ADMIN),
    /** Read who changed what. */
    READ_AUDIT(UserRole.ADMIN);

    private final UserRole least;

    Action(UserRole least) {
        this.least = least;
    }

    /** Whether that role may do it. */
    public boolean allowedTo(UserRole role) {
        return role.atLeast(least);
    }

    /** The least role that it takes. */
    public UserRole least() {
        return least;
    }
}

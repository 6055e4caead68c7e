package io.flamenco.shared.id;

/** What all identifiers have in common: 24 lower-case hexadecimal digits. Ordered by creation. */
public sealed interface Id permits JobId, ManagerId, ProjectId, TaskId, UpdateId, UserId, WorkerId {

    /** The 24 lower-case hexadecimal digits. */
    String hex();
}

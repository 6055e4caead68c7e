package io.flamenco.server.http;

import io.flamenco.server.domain.ProjectRights;
import io.flamenco.server.store.FarmOwner;
import io.flamenco.server.store.Projects;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** Which projects, and by them which Managers, a caller may use. */
final class ProjectChoice {

    private final Projects projects;
    private final FarmOwner owner;

    ProjectChoice(Projects projects, FarmOwner owner) {
        this.projects = projects;
        this.owner = owner;
    }

    /**
     * The project that a job goes to: the one that is named, else the first.
     *
     * @return 422 when there is no such project, 403 when the caller may not use it
     */
    Future<Project> of(Optional<ProjectId> named, Caller caller) {
        ProjectId id = named.orElse(owner.project());
        return projects.find(id).map(found -> {
            Project project = found.orElseThrow(
                    () -> new HttpFailure(422, "There is no project " + id + "; GET /api/v1/projects lists all."));
            if (!project.rights().usableBy(caller.user(), caller.role())) {
                throw new HttpFailure(
                        403,
                        caller.name() + " is no member of the project \"" + project.name()
                                + "\"; ask an admin, or name another project.");
            }
            return project;
        });
    }

    /** The projects that the caller may use. */
    Future<List<Project>> usable(Caller caller) {
        return projects.all()
                .map(all -> all.stream()
                        .filter(project -> project.rights().usableBy(caller.user(), caller.role()))
                        .toList());
    }

    /** Whether some project of the caller's is served by that Manager; who only looks may look at any. */
    Future<Boolean> mayUse(ManagerId manager, Caller caller) {
        boolean looks = !ProjectRights.OPEN.usableBy(caller.user(), caller.role());
        return looks
                ? Future.succeededFuture(true)
                : usable(caller)
                        .map(mine -> mine.stream()
                                .anyMatch(project -> project.rights().servedBy(manager)));
    }
}

package io.flamenco.server.http;

import io.flamenco.server.store.Managers;
import io.flamenco.server.store.Managers.StoredManager;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ServerFacts;
import io.flamenco.shared.bus.ServerFacts.ManagerChanged;
import io.flamenco.shared.id.ManagerId;
import io.vertx.core.Future;
import java.time.Clock;

/** Tells the bus what became of projects and Managers, once it is stored. */
final class ChangeFacts {

    private final Managers managers;
    private final FarmBus bus;
    private final Clock clock;

    ChangeFacts(Managers managers, FarmBus bus, Clock clock) {
        this.managers = managers;
        this.bus = bus;
        this.clock = clock;
    }

    /** @param change one of the words of {@link ServerFacts} */
    void project(Project project, String change) {
        bus.tell(
                Addresses.SERVER_PROJECT_CHANGED,
                new ServerFacts.ProjectChanged(project.id(), project.name(), change, clock.instant()));
    }

    /**
     * Tells of the Manager as it is now.
     *
     * @param change one of the words of {@link ServerFacts}
     */
    Future<Void> manager(ManagerId id, String change) {
        return managers.find(id)
                .onSuccess(found -> found.ifPresent(now -> tell(now, change)))
                .mapEmpty();
    }

    /** Tells of a Manager that told of itself, if anything is new: most only say that they started. */
    Future<Void> managerAfter(StoredManager before) {
        return managers.find(before.id())
                .onSuccess(
                        found -> found.filter(now -> !now.with(before.updated()).equals(before))
                                .ifPresent(now -> tell(now, ServerFacts.CHANGED)))
                .mapEmpty();
    }

    private void tell(StoredManager manager, String change) {
        bus.tell(
                Addresses.SERVER_MANAGER_CHANGED,
                new ManagerChanged(manager.id(), manager.name(), change, clock.instant()));
    }
}

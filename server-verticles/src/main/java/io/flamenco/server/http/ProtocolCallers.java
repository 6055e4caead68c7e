package io.flamenco.server.http;

import io.flamenco.shared.id.ManagerId;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Who calls where both people and Managers may. */
record ProtocolCallers(Access access, ManagerLogin login) {

    /** The Manager that calls; empty when a user does, 403 for strangers. */
    Future<Optional<ManagerId>> manager(RoutingContext context) {
        return access.caller(context)
                .compose(user -> user.filter(one -> !one.held()).isPresent()
                        ? Future.succeededFuture(Optional.empty())
                        : login.caller(context).map(Optional::of));
    }
}

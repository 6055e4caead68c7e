package io.flamenco.manager.audit;

import io.flamenco.manager.audit.blocking.AuditFile;
import io.flamenco.manager.login.Person;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers changes, in the order in which they were answered. */
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final Vertx vertx;
    private final AuditFile file;
    private final Clock clock;

    public AuditLog(Vertx vertx, AuditFile file, Clock clock) {
        this.vertx = vertx;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Remembers a change.
     *
     * @param path without its query
     * @param status of the answer: 400 and above when it was not done
     */
    public void changed(Person person, String address, String method, String path, int status) {
        String line = new JsonObject()
                .put("at", clock.instant().toString())
                .put("person", person.id())
                .put("name", person.name())
                .put("role", person.role().word())
                .put("address", address)
                .put("method", method)
                .put("path", path)
                .put("status", status)
                .encode();
        vertx.<Void>executeBlocking(() -> {
                    file.add(line);
                    return null;
                })
                .onFailure(failure -> LOG.error("A change is not in the audit log. line={}", line, failure));
    }
}

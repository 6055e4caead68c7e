package io.flamenco.manager.http;

import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.http.Credentials;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows which Worker a request comes from.
 *
 * <p>Credentials that were found right are remembered by their SHA-256 for some minutes, so that bcrypt runs once per
 * Worker and not per call. Wrong ones and those of unknown Workers cost the same. One instance per event loop.
 */
final class WorkerCredentials {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST = 50_000;

    private final Vertx vertx;
    private final FarmBus bus;
    private final Clock clock;
    private final Passwords passwords;
    private final MessageDigest sha256 = sha256();
    private final Map<ByteBuffer, Verified> verified = new LinkedHashMap<>();
    private long revocations;

    private record Verified(WorkerId worker, Instant until) {}

    WorkerCredentials(Vertx vertx, FarmBus bus, Clock clock, Passwords passwords) {
        this.vertx = vertx;
        this.bus = bus;
        this.clock = clock;
        this.passwords = passwords;
        bus.hear(WorkerOrders.CREDENTIALS_REVOKED, revoked -> {
            revocations++;
            forget(revoked.workerId());
        });
    }

    /** The Worker, if the header was found right lately; null when it must be verified. */
    @Nullable
    WorkerId remembered(@Nullable String header) {
        if (header == null) {
            return null;
        }
        Verified known = verified.get(key(header));
        return known == null || known.until().isBefore(clock.instant()) ? null : known.worker();
    }

    /** The Worker whose credentials the header holds; empty when they are wrong. */
    Future<Optional<WorkerId>> verify(@Nullable String header) {
        Optional<Credentials.Basic> basic = Credentials.basic(header);
        if (header == null || basic.isEmpty() || !ObjectIds.isValid(basic.get().user())) {
            return Future.succeededFuture(Optional.empty());
        }
        WorkerId worker = new WorkerId(basic.get().user());
        String secret = basic.get().password();
        long revocationsBefore = revocations;
        return bus.ask(WorkerOrders.CREDENTIALS_OF, new WorkerOrders.CredentialsOf(worker))
                .compose(stored -> vertx.executeBlocking(() -> isRight(secret, stored.hashedSecret()), false))
                .map(right -> {
                    if (right && revocations == revocationsBefore) {
                        remember(header, worker);
                    }
                    return right ? Optional.of(worker) : Optional.empty();
                });
    }

    /** The Worker is gone: its credentials are worth nothing. */
    void forget(WorkerId worker) {
        verified.values().removeIf(known -> known.worker().equals(worker));
    }

    private boolean isRight(String secret, @Nullable String hash) {
        if (hash == null || hash.isEmpty()) {
            return passwords.matchesNobody(secret);
        }
        return passwords.matches(secret, hash);
    }

    private void remember(String header, WorkerId worker) {
        if (verified.size() >= MOST) {
            verified.clear();
        }
        verified.put(key(header), new Verified(worker, clock.instant().plus(REMEMBERED)));
    }

    private ByteBuffer key(String header) {
        return ByteBuffer.wrap(sha256.digest(header.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

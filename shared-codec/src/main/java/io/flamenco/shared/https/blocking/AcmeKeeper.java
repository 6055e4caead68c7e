package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.CertificateKeeper;
import io.flamenco.shared.https.CertificateSource.Acme;
import io.flamenco.shared.https.Challenges;
import io.flamenco.shared.https.KeyAndChain;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/**
 * Gets certificates from an ACME authority, each when a third of the life of the one before is left. Until there is a first one,
 * a self-signed one is shown. After a failure the authority is left alone for a while.
 */
final class AcmeKeeper implements CertificateKeeper {

    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final Duration STOPGAP = Duration.ofDays(90);

    private final Acme acme;
    private final Challenges challenges;
    private final Path directory;

    /**
     * @param directory of all that comes from ACME; each authority has one in it
     */
    AcmeKeeper(Acme acme, Challenges challenges, Path directory) {
        this.acme = acme;
        this.challenges = challenges;
        this.directory = directory.resolve(name(acme.directory()));
    }

    private static String name(URI authority) {
        String port = authority.getPort() < 0 ? "" : "-" + authority.getPort();
        return (authority.getHost() + port).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
    }

    @Override
    public KeyAndChain first(Instant now) throws IOException {
        Optional<KeyAndChain> kept = kept();
        return kept.isPresent()
                ? kept.get()
                : CertificateMaking.selfSigned(KeyFile.make(), List.of(acme.domain()), now, STOPGAP);
    }

    @Override
    public Optional<KeyAndChain> newer(Instant now) throws IOException {
        Optional<KeyAndChain> kept = kept();
        AcmeMemory memory = AcmeMemory.read(memory());
        boolean enough = kept.isPresent() && !kept.get().dueAt(now);
        return enough || now.isBefore(memory.notBefore()) ? Optional.empty() : Optional.of(get(memory, now));
    }

    @Override
    public Duration period() {
        return PERIOD;
    }

    /** The certificate that is in use; empty when there is none yet, or when it is of another host name. */
    private Optional<KeyAndChain> kept() throws IOException {
        return Files.exists(certificate()) && Files.exists(key())
                ? Optional.of(PemFiles.read(certificate(), key()))
                        .filter(found -> found.names().contains(acme.domain()))
                : Optional.empty();
    }

    private KeyAndChain get(AcmeMemory memory, Instant now) throws IOException {
        try {
            KeyPair keys = KeyFile.readOrMake(key());
            List<X509Certificate> chain = new AcmeOrder(acme, order(memory), challenges).carryOut(keys);
            PemFiles.write(certificate(), chain);
            AcmeMemory.NOTHING.write(memory());
            return new KeyAndChain(keys.getPrivate(), chain);
        } catch (AcmeRateLimitedException e) {
            throw pausing(now, e.getRetryAfter(), e);
        } catch (AcmeException e) {
            throw pausing(now, Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Waiting for the authority " + acme.directory() + " was interrupted.", e);
        }
    }

    private IOException pausing(Instant now, Optional<Instant> asked, AcmeException reason) throws IOException {
        AcmeMemory failed = AcmeMemory.read(memory()).failed(now, asked);
        failed.write(memory());
        return new IOException(
                "The authority " + acme.directory() + " gave no certificate for " + acme.domain() + ": "
                        + reason.getMessage() + ". It is asked again after " + failed.notBefore() + ".",
                reason);
    }

    /** The order that is under way, unless it came to nothing; else a new one. */
    private Order order(AcmeMemory memory) throws AcmeException, IOException {
        Login login = login();
        if (memory.order().isPresent()) {
            Optional<Order> resumed = resumed(login, memory.order().get());
            if (resumed.isPresent()) {
                return resumed.get();
            }
            memory.withoutOrder().write(memory());
        }
        Order order = login.newOrder().domain(acme.domain()).create();
        memory.ordered(order.getLocation()).write(memory());
        return order;
    }

    private static Optional<Order> resumed(Login login, URL url) throws AcmeException {
        try {
            Order order = login.bindOrder(url);
            order.fetch();
            return Optional.of(order).filter(found -> found.getStatus() != Status.INVALID);
        } catch (AcmeServerException forgotten) {
            return Optional.empty();
        }
    }

    private Login login() throws AcmeException, IOException {
        AccountBuilder account = new AccountBuilder()
                .agreeToTermsOfService()
                .useKeyPair(KeyFile.readOrMake(directory.resolve("account-key.pem")));
        acme.email().ifPresent(account::addEmail);
        return account.createLogin(new Session(acme.directory()));
    }

    private Path certificate() {
        return directory.resolve("certificate.pem");
    }

    private Path key() {
        return directory.resolve("key.pem");
    }

    private Path memory() {
        return directory.resolve("order.json");
    }
}

package io.flamenco.shared.https;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after the certificate that a role shows. One that can't be replaced goes on being shown. */
public final class CertificateVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateVerticle.class);

    /** An authority may take its time. */
    private static final long PATIENCE_MINUTES = 10;

    private final CertificateKeeper keeper;
    private final ShownCertificate shown;
    private final Timers timers;
    private final Clock clock;

    public CertificateVerticle(CertificateKeeper keeper, ShownCertificate shown, Timers timers, Clock clock) {
        this.keeper = keeper;
        this.shown = shown;
        this.timers = timers;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        WorkerExecutor keeping = vertx.createSharedWorkerExecutor(
                "certificate-" + deploymentID(), 1, PATIENCE_MINUTES, TimeUnit.MINUTES);
        return keeping.executeBlocking(() -> keeper.first(clock.instant()))
                .recover(failure -> Future.failedFuture(new StartFailure(String.valueOf(failure.getMessage()))))
                .onSuccess(this::show)
                .onSuccess(first -> timers.every(
                        "look after the certificate", Duration.ofSeconds(1), keeper.period(), () -> look(keeping)));
    }

    private Future<Void> look(WorkerExecutor keeping) {
        return keeping.executeBlocking(() -> keeper.newer(clock.instant()))
                .onSuccess(newer -> newer.ifPresent(this::show))
                .recover(failure -> {
                    LOG.warn(
                            "There is no newer certificate; the one before is kept. expires={} reason={}",
                            shown.now().expires(),
                            failure.getMessage());
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    private void show(KeyAndChain certificate) {
        shown.show(certificate);
        LOG.info(
                "HTTPS is spoken with this certificate. subject=\"{}\" expires={} fingerprint={}",
                certificate.own().getSubjectX500Principal(),
                certificate.expires(),
                certificate.fingerprint());
        if (certificate.dueAt(clock.instant())) {
            LOG.warn("The certificate should be renewed soon. expires={}", certificate.expires());
        }
    }
}

package io.flamenco.shared.https.blocking;

import io.flamenco.shared.https.CertificateSource.Acme;
import io.flamenco.shared.https.Challenges;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Brings an order to its end, from wherever it is (RFC 8555, section 7): proves by HTTP-01 that the host name is ours, sends the
 * request for the certificate, and fetches it.
 */
record AcmeOrder(Acme acme, Order order, Challenges challenges) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * The certificate, with those that vouch for it.
     *
     * @param keys of the certificate
     * @throws AcmeException when the authority refuses or can't be reached
     */
    List<X509Certificate> carryOut(KeyPair keys) throws AcmeException, InterruptedException {
        if (order.getStatus() == Status.PENDING) {
            for (Authorization authorization : order.getAuthorizations()) {
                prove(authorization);
            }
            order.waitUntilReady(PATIENCE);
        }
        if (order.getStatus() == Status.READY) {
            order.execute(keys);
        }
        if (order.waitForCompletion(PATIENCE) != Status.VALID) {
            throw new AcmeException("the order was refused"
                    + order.getError().map(AcmeOrder::reason).orElse(""));
        }
        return order.getCertificate().getCertificateChain();
    }

    private void prove(Authorization authorization) throws AcmeException, InterruptedException {
        if (authorization.getStatus() == Status.VALID) {
            return;
        }
        Http01Challenge challenge = authorization
                .findChallenge(Http01Challenge.class)
                .orElseThrow(() -> new AcmeException("it does not check host names by HTTP"));
        challenges.put(challenge.getToken(), challenge.getAuthorization());
        try {
            if (challenge.getStatus() == Status.PENDING) {
                challenge.trigger();
            }
            if (authorization.waitForCompletion(PATIENCE) != Status.VALID) {
                throw new AcmeException("it could not see that " + acme.domain() + " is this machine"
                        + refusal(authorization) + "; its port 80 must lead to where listen says");
            }
        } finally {
            challenges.remove(challenge.getToken());
        }
    }

    private static String refusal(Authorization authorization) {
        return authorization
                .findChallenge(Http01Challenge.class)
                .flatMap(Http01Challenge::getError)
                .map(AcmeOrder::reason)
                .orElse("");
    }

    private static String reason(Problem problem) {
        return " (" + problem.getDetail().orElseGet(problem::toString) + ")";
    }
}

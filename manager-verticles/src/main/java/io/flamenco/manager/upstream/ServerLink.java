package io.flamenco.manager.upstream;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.trust.CertificateCheck;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The Server that this Manager works for, and what the Manager shows it to be let in.
 *
 * @param server the setting {@code flamenco}; a path in it is not used, the Server lives at the root of its host
 * @param managerId the setting {@code manager_id}
 * @param secret the setting {@code manager_secret}
 * @param recognised accepts the Server's certificate and no other
 */
public record ServerLink(URI server, ManagerId managerId, String secret, CertificateCheck recognised) {

    /** The value of the {@code Authorization} header: HTTP Basic with the secret as user name and no password. */
    String authorization() {
        byte[] credentials = (secret + ":").getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** The absolute URL of a path of the Server. */
    String url(String path) {
        return server.resolve(path).toString();
    }

    /** The absolute URL of one of the calls that only this Manager makes. */
    String managerUrl(String call) {
        return url("/api/flamenco/managers/" + managerId.hex() + "/" + call);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "ServerLink[server=" + server + ", managerId=" + managerId + "]";
    }
}

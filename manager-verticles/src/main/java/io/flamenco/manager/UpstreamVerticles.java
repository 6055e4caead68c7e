package io.flamenco.manager;

import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.store.DownloadCursor;
import io.flamenco.manager.upstream.DownloadTiming;
import io.flamenco.manager.upstream.LogUploads;
import io.flamenco.manager.upstream.ManagerPortrait;
import io.flamenco.manager.upstream.PushTiming;
import io.flamenco.manager.upstream.ServerClient;
import io.flamenco.manager.upstream.ServerLink;
import io.flamenco.manager.upstream.UpstreamFetcherVerticle;
import io.flamenco.manager.upstream.UpstreamNewsVerticle;
import io.flamenco.manager.upstream.UpstreamNotifierVerticle;
import io.flamenco.manager.upstream.UpstreamPicturesVerticle;
import io.flamenco.manager.upstream.UpstreamPusherVerticle;
import io.flamenco.manager.upstream.UpstreamWorkersVerticle;
import io.flamenco.shared.trust.CertificateCheck;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Makes those who talk to the Server. Each has connections of its own, so that a long download holds up no push.
 *
 * @param server accepts the Server's certificate
 * @param ownUrl where people reach the Manager; known once it listens
 */
record UpstreamVerticles(
        ManagerParts parts, ManagerConfig.Link link, CertificateCheck server, Supplier<String> ownUrl) {

    UpstreamNotifierVerticle notifier() {
        ManagerPortrait portrait = new ManagerPortrait(
                parts.bus(), ownUrl, parts.config().variables().byName());
        return new UpstreamNotifierVerticle(parts.bus(), parts.timers(), portrait, client());
    }

    UpstreamWorkersVerticle workers() {
        return new UpstreamWorkersVerticle(parts.bus(), parts.timers(), parts.clock(), client());
    }

    UpstreamPicturesVerticle pictures() {
        return new UpstreamPicturesVerticle(parts.bus(), parts.timers(), parts.clock(), client());
    }

    UpstreamNewsVerticle news() {
        return new UpstreamNewsVerticle(parts.bus(), parts.timers(), parts.clock(), client());
    }

    UpstreamFetcherVerticle fetcher() {
        return new UpstreamFetcherVerticle(
                parts.bus(),
                parts.timers(),
                parts.clock(),
                RandomGenerator.getDefault(),
                new DownloadTiming(settings().downloadTaskSleep(), settings().downloadTaskRecheckThrottle()),
                client(),
                new DownloadCursor(parts.database().client()));
    }

    UpstreamPusherVerticle pusher() {
        ServerClient client = client();
        return new UpstreamPusherVerticle(
                parts.bus(),
                parts.timers(),
                parts.clock(),
                RandomGenerator.getDefault(),
                new PushTiming(
                        settings().pushMaxInterval(),
                        settings().pushMaxCount(),
                        settings().cancelFetchMaxInterval()),
                client,
                new LogUploads(parts.vertx(), parts.config().taskLogsPath(), client));
    }

    private ServerClient client() {
        return new ServerClient(
                parts.vertx(), new ServerLink(parts.config().flamenco(), link.managerId(), link.secret(), server));
    }

    private ManagerConfig.Upstream settings() {
        return parts.config().upstream();
    }
}

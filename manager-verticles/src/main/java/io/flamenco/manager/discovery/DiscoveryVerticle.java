package io.flamenco.manager.discovery;

import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers Workers that search for a Manager on the local network. */
public final class DiscoveryVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryVerticle.class);
    private static final Duration FIRST_ANNOUNCEMENT = Duration.ofSeconds(1);
    private static final Duration SECOND_ANNOUNCEMENT = Duration.ofSeconds(3);
    private static final Duration ANNOUNCE_EVERY = Duration.ofMinutes(30);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Nobody needs more; a forger of sender addresses must not get more out of us. */
    private static final int MOST_ANSWERS_PER_SECOND = 20;

    private final Vertx owner;
    private final Timers timers;
    private final Clock clock;
    private final DiscoverySettings settings;
    private @Nullable DatagramSocket socket;
    private @Nullable Advertisement advertisement;
    private int answers;

    /**
     * How the Manager is found.
     *
     * @param ownUrl the setting {@code own_url}; absent to take the address of this machine
     * @param local how a program on this machine reaches the Manager, once it listens; with {@code localhost} when that is at
     *     every address
     * @param port to listen for searches, usually {@value Advertisement#PORT}
     */
    public record DiscoverySettings(String deviceUuid, Optional<URI> ownUrl, Supplier<URI> local, int port) {

        /** On the port that everybody uses. */
        public static DiscoverySettings usual(String deviceUuid, Optional<URI> ownUrl, Supplier<URI> local) {
            return new DiscoverySettings(deviceUuid, ownUrl, local, Advertisement.PORT);
        }
    }

    public DiscoveryVerticle(Vertx vertx, Timers timers, Clock clock, DiscoverySettings settings) {
        this.owner = vertx;
        this.timers = timers;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public Future<?> start() {
        return location()
                .compose(this::listen)
                .onFailure(failure -> LOG.warn(
                        "Workers cannot find this Manager by themselves: give them its URL, or set ssdp_discovery to false."
                                + " reason={}",
                        failure.getMessage()))
                .otherwiseEmpty();
    }

    @Override
    public Future<?> stop() {
        return socket == null || advertisement == null
                ? Future.succeededFuture()
                : say(socket, advertisement.goodbye()).eventually(socket::close);
    }

    private Future<String> location() {
        return settings.ownUrl()
                .map(url -> Future.succeededFuture(url.toString()))
                .orElseGet(() -> reachable(settings.local().get()));
    }

    private Future<String> reachable(URI local) {
        return local.getHost().equals("localhost")
                ? owner.executeBlocking(BlockingInterfaces::ownAddress, false)
                        .map(address ->
                                local.getScheme() + "://" + address.orElse("localhost") + ":" + local.getPort() + "/")
                : Future.succeededFuture(local.toString());
    }

    private Future<?> listen(String location) {
        Advertisement ours = new Advertisement(settings.deviceUuid(), location);
        DatagramSocket opened = owner.createDatagramSocket(new DatagramSocketOptions().setReuseAddress(true));
        return opened.listen(settings.port(), "0.0.0.0")
                .compose(listening -> owner.executeBlocking(BlockingInterfaces::forMulticast, false))
                .compose(cards -> join(opened, cards))
                .onSuccess(joined -> begin(opened, ours));
    }

    private void begin(DatagramSocket opened, Advertisement ours) {
        socket = opened;
        advertisement = ours;
        opened.handler(datagram -> onDatagram(opened, ours, datagram));
        timers.once("announce the Manager", FIRST_ANNOUNCEMENT, () -> say(opened, ours.alive()));
        timers.every("announce the Manager", SECOND_ANNOUNCEMENT, ANNOUNCE_EVERY, () -> say(opened, ours.alive()));
        timers.every("allow answers again", SECOND, SECOND, this::allowAnswers);
        LOG.info("Workers can find this Manager. location={}", ours.location());
    }

    private Future<?> allowAnswers() {
        answers = 0;
        return Future.succeededFuture();
    }

    private static Future<?> join(DatagramSocket socket, List<String> cards) {
        return Future.join(cards.stream()
                .map(card -> socket.listenMulticastGroup(Advertisement.GROUP, card, null)
                        .onFailure(failure -> LOG.debug("Not listening on {}: {}", card, failure.getMessage()))
                        .otherwiseEmpty())
                .toList());
    }

    private void onDatagram(DatagramSocket opened, Advertisement ours, DatagramPacket datagram) {
        if (answers >= MOST_ANSWERS_PER_SECOND) {
            return;
        }
        ours.answerTo(datagram.data().getBytes(), clock.instant()).ifPresent(answer -> {
            answers++;
            opened.send(answer, datagram.sender().port(), datagram.sender().host())
                    .onFailure(failure -> LOG.debug("A search could not be answered.", failure));
        });
    }

    private static Future<?> say(DatagramSocket socket, String message) {
        return socket.send(message, Advertisement.PORT, Advertisement.GROUP)
                .onFailure(failure -> LOG.debug("The Manager could not be announced.", failure))
                .otherwiseEmpty();
    }
}

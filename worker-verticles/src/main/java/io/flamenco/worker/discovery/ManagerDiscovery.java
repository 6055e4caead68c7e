package io.flamenco.worker.discovery;

import io.flamenco.shared.kernel.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches the local network for a Manager. */
public final class ManagerDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerDiscovery.class);
    private static final int ROUNDS = 5;
    private static final int HOPS = 32;

    private static final String QUESTION = String.join(
            "\r\n",
            "M-SEARCH * HTTP/1.1",
            "ST: urn:flamenco:manager:0",
            "MX: 3",
            "MAN: \"ssdp:discover\"",
            "HOST: 239.255.255.250:1900",
            "",
            "");

    /** Whom to ask: the group addresses of the protocol. */
    public static final List<Group> GROUPS =
            List.of(new Group("239.255.255.250", 1900, false), new Group("FF05::C", 1900, true));

    private final Vertx vertx;
    private final List<Group> groups;
    private final Duration perRound;

    /**
     * An address that Managers listen to.
     *
     * @param ipv6 whether it is of that family
     */
    public record Group(String address, int port, boolean ipv6) {}

    /**
     * @param perRound how long to wait for an answer before asking again
     */
    public ManagerDiscovery(Vertx vertx, List<Group> groups, Duration perRound) {
        this.vertx = vertx;
        this.groups = List.copyOf(groups);
        this.perRound = perRound;
    }

    /** Where the Manager is that answers first; a {@link StartFailure} when none does. */
    public Future<URI> find() {
        Promise<URI> found = Promise.promise();
        List<DatagramSocket> sockets = new ArrayList<>();
        LOG.info("Looking for a Manager on the local network.");
        List<Future<Void>> asked = groups.stream()
                .map(group -> open(group, found).compose(socket -> {
                    sockets.add(socket);
                    return ask(socket, group, found, ROUNDS);
                }))
                .toList();
        Future.join(asked).onComplete(inVain -> found.tryFail(nobody()));
        return found.future()
                .onComplete(answer -> sockets.forEach(DatagramSocket::close))
                .onSuccess(url -> LOG.info("A Manager answered. url={}", url));
    }

    private Future<DatagramSocket> open(Group group, Promise<URI> found) {
        DatagramSocket socket = vertx.createDatagramSocket(
                new DatagramSocketOptions().setIpV6(group.ipv6()).setMulticastTimeToLive(HOPS));
        return socket.handler(packet ->
                        SearchAnswer.location(packet.data().toString()).ifPresent(found::tryComplete))
                .listen(0, group.ipv6() ? "::" : "0.0.0.0")
                .onFailure(failure -> LOG.debug("This machine cannot ask. group={}", group, failure));
    }

    /** Twice a round, since datagrams get lost; ends when an answer has come, or could have come to the last round. */
    private Future<Void> ask(DatagramSocket socket, Group group, Promise<URI> found, int rounds) {
        if (rounds == 0 || found.future().isComplete()) {
            return Future.succeededFuture();
        }
        for (int i = 0; i < 2; i++) {
            socket.send(QUESTION, group.port(), group.address())
                    .onFailure(failure -> LOG.debug("A question could not be sent. group={}", group, failure));
        }
        return vertx.timer(Math.max(1, perRound.toMillis()), TimeUnit.MILLISECONDS)
                .compose(passed -> ask(socket, group, found, rounds - 1));
    }

    private static StartFailure nobody() {
        return new StartFailure("No Manager answers on the local network. Start one, or name it with manager_url"
                + " (--manager on the command line).");
    }
}

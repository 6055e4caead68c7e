package io.flamenco.manager.upstream;

import io.flamenco.manager.images.ImageOrders;
import io.flamenco.manager.images.ImageOrders.Preview;
import io.flamenco.manager.images.ImageOrders.WhichPreview;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.time.Timers;
import io.flamenco.shared.wire.ServerCapabilities;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends a Server of ours the latest picture in small, at most one a second: the newest wins, so a farm that makes more shows
 * fewer of them there. One that cannot be sent is dropped; the next will come. An original Server gets none.
 */
public final class UpstreamPicturesVerticle extends VerticleBase {

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,8})\\D*$");

    private final FarmBus bus;
    private final Timers timers;
    private final ServerClient server;
    private final Capability pictures;
    private boolean fresh;

    /**
     * @param server is closed with this verticle
     */
    public UpstreamPicturesVerticle(FarmBus bus, Timers timers, Clock clock, ServerClient server) {
        this.bus = bus;
        this.timers = timers;
        this.server = server;
        this.pictures = new Capability(server, clock, ServerCapabilities.PICTURES);
    }

    @Override
    public Future<?> start() {
        bus.hear(Addresses.MANAGER_LATEST_IMAGE, fact -> fresh = true);
        timers.every("send the Server the latest picture", LOOK, LOOK, this::look);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return server.close();
    }

    private Future<?> look() {
        return fresh ? pictures.use(this::send) : Future.succeededFuture();
    }

    private Future<?> send() {
        fresh = false;
        return bus.ask(ImageOrders.PREVIEW, new WhichPreview()).compose(this::send);
    }

    private Future<?> send(Preview preview) {
        LatestImageChanged picture = preview.picture();
        TaskId task = picture == null ? null : picture.taskId();
        return picture == null || task == null || preview.jpeg().length() == 0
                ? Future.succeededFuture()
                : server.sendPicture(task, frameOf(picture.name()), preview.jpeg());
    }

    /** Renderers write the number of the frame last into the name of the file. */
    static OptionalInt frameOf(String name) {
        Matcher number = NUMBER.matcher(name);
        return number.find() ? OptionalInt.of(Integer.parseInt(number.group(1))) : OptionalInt.empty();
    }
}

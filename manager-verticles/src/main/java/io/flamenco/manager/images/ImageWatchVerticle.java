package io.flamenco.manager.images;

import io.flamenco.manager.images.ImageOrders.OfferFiles;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.shared.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Offers each newest picture of the directory {@code watch_for_latest_image} to be shown. */
public final class ImageWatchVerticle extends VerticleBase {

    /** A picture that has not changed for so long is whole. */
    private static final Duration PERIOD = Duration.ofSeconds(2);

    private static final long LONGEST_MINUTES = 3;

    private final FarmBus bus;
    private final Timers timers;
    private final Path directory;
    private final BlockingImageWatch watch;

    /**
     * @param directory is watched with all that is below it
     */
    public ImageWatchVerticle(FarmBus bus, Timers timers, Path directory) {
        this.bus = bus;
        this.timers = timers;
        this.directory = directory.toAbsolutePath();
        this.watch = new BlockingImageWatch(this.directory);
    }

    @Override
    public Future<?> start() {
        WorkerExecutor thread = vertx.createSharedWorkerExecutor("image-watch", 1, LONGEST_MINUTES, TimeUnit.MINUTES);
        return thread.executeBlocking(this::begin)
                .onSuccess(begun -> timers.every(
                        "watch for pictures",
                        PERIOD,
                        PERIOD,
                        () -> thread.executeBlocking(watch::look)
                                .compose(found -> found.map(this::offer).orElseGet(Future::succeededFuture))));
    }

    private Done begin() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new StartFailure("The directory " + directory
                    + ", which watch_for_latest_image names, does not exist;" + " make it, or take the setting out.");
        }
        watch.begin();
        return Done.DONE;
    }

    private Future<Done> offer(Path picture) {
        return bus.ask(ImageOrders.OFFER_FILES, new OfferFiles(null, List.of(picture.toString())));
    }
}

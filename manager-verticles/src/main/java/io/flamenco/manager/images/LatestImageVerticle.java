package io.flamenco.manager.images;

import io.flamenco.manager.images.ImageOrders.Latest;
import io.flamenco.manager.images.ImageOrders.OfferFiles;
import io.flamenco.manager.images.ImageOrders.Preview;
import io.flamenco.manager.images.WaitingFiles.Produced;
import io.flamenco.manager.workers.WorkerOrders;
import io.flamenco.manager.workers.WorkerOrders.ListWorkers;
import io.flamenco.manager.workers.WorkerOrders.WorkerView;
import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.FarmBus;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileProps;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps the latest picture. One file is looked at at a time; of those that come meanwhile only the newest is looked at next,
 * so a farm that makes pictures faster than they can be scaled shows fewer of them, not older ones.
 */
public final class LatestImageVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(LatestImageVerticle.class);
    private static final long LONGEST_MINUTES = 3;

    private final Vertx owner;
    private final FarmBus bus;
    private final Clock clock;
    private final Path target;
    private final BlockingScaler scaler = new BlockingScaler(new BlockingConverter());
    private final WorkerExecutor thread;
    private final WaitingFiles waiting = new WaitingFiles();
    private @Nullable LatestImageChanged latest;
    private Buffer preview = Buffer.buffer();
    private boolean scaling;

    /**
     * @param target where the picture is kept; its directory is made
     */
    public LatestImageVerticle(Vertx vertx, FarmBus bus, Clock clock, Path target) {
        this.owner = vertx;
        this.bus = bus;
        this.clock = clock;
        this.target = target;
        this.thread = vertx.createSharedWorkerExecutor("latest-image", 1, LONGEST_MINUTES, TimeUnit.MINUTES);
    }

    @Override
    public Future<?> start() {
        bus.answer(ImageOrders.OFFER_FILES, this::offer);
        bus.answer(ImageOrders.LATEST, order -> Future.succeededFuture(new Latest(latest)));
        bus.answer(ImageOrders.PREVIEW, order -> Future.succeededFuture(new Preview(latest, preview)));
        return rememberLast();
    }

    @Override
    public Future<?> stop() {
        return thread.close();
    }

    /** The picture of before a restart is shown until there is a newer one. */
    private Future<?> rememberLast() {
        return owner.fileSystem()
                .props(target.toString())
                .map(FileProps::lastModifiedTime)
                .onSuccess(millis -> latest = picture(Instant.ofEpochMilli(millis), null, ""))
                .otherwiseEmpty();
    }

    private Future<Done> offer(OfferFiles order) {
        order.paths().stream()
                .filter(PictureFormats::mayBePicture)
                .map(path -> new Produced(order.workerId(), path))
                .map(waiting::add)
                .flatMap(Optional::stream)
                .forEach(forgotten -> LOG.debug("A picture was passed over for newer ones. path={}", forgotten.path()));
        if (!scaling) {
            scaleNext();
        }
        return Future.succeededFuture(Done.DONE);
    }

    private void scaleNext() {
        waiting.takeNewest().ifPresent(file -> {
            scaling = true;
            scale(file).onComplete(ended -> {
                scaling = false;
                scaleNext();
            });
        });
    }

    /** Whose task it was is asked first: while a large picture is scaled its Worker may begin another. */
    private Future<?> scale(Produced file) {
        return taskOf(file.worker())
                .compose(task -> thread.executeBlocking(() -> {
                            scaler.scale(file.path(), target);
                            return Buffer.buffer(scaler.preview(target));
                        })
                        .onFailure(failure -> notShown(file, failure))
                        .onSuccess(small -> show(file, task, small)));
    }

    /** A file that is gone was moved to its final place meanwhile, which is how jobs end. */
    private static void notShown(Produced file, Throwable failure) {
        LOG.atLevel(failure instanceof NoSuchFileException ? Level.INFO : Level.WARN)
                .log(
                        "A file cannot be shown as a picture. path={} worker={} reason={}",
                        file.path().replaceAll("\\p{Cntrl}", "?"),
                        file.worker(),
                        failure.toString());
    }

    private void show(Produced file, Optional<TaskId> task, Buffer small) {
        preview = small;
        latest = picture(clock.instant(), task.orElse(null), nameOf(file.path()));
        bus.tell(Addresses.MANAGER_LATEST_IMAGE, latest);
    }

    private Future<Optional<TaskId>> taskOf(@Nullable WorkerId worker) {
        return worker == null ? Future.succeededFuture(Optional.empty()) : currentTaskOf(worker);
    }

    private Future<Optional<TaskId>> currentTaskOf(WorkerId worker) {
        return bus.ask(WorkerOrders.LIST_WORKERS, new ListWorkers())
                .map(list -> list.workers().stream()
                        .filter(view -> view.workerId().equals(worker))
                        .map(WorkerView::currentTask)
                        .filter(Objects::nonNull)
                        .findFirst())
                .otherwise(Optional.empty());
    }

    /** The last part of the path, on whatever system it was made. */
    private static String nameOf(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    private static LatestImageChanged picture(Instant producedAt, @Nullable TaskId task, String name) {
        return new LatestImageChanged("/latest-image.jpg?v=" + producedAt.toEpochMilli(), task, name, producedAt);
    }
}

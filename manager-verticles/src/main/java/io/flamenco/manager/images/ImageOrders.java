package io.flamenco.manager.images;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.WorkerId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of the owner of the latest picture. */
public sealed interface ImageOrders {

    /** A Worker made files; answered at once, whatever becomes of them. */
    Command<OfferFiles, Done> OFFER_FILES = new Command<>("manager.images.offer", OfferFiles.class, Done.class);

    /** Which picture is to be shown? */
    Command<WhichPicture, Latest> LATEST = new Command<>("manager.images.latest", WhichPicture.class, Latest.class);

    /** The same, and what it looks like in small. */
    Command<WhichPreview, Preview> PREVIEW = new Command<>("manager.images.preview", WhichPreview.class, Preview.class);

    /**
     * Files that were just made, as paths that the Manager can open too.
     *
     * @param workerId who made them; absent when nobody knows
     */
    record OfferFiles(@Nullable WorkerId workerId, List<String> paths) implements ImageOrders {}

    /** Asks which picture is to be shown. */
    record WhichPicture() implements ImageOrders {}

    /** Asks what the picture looks like in small. */
    record WhichPreview() implements ImageOrders {}

    /**
     * The picture in small, or none.
     *
     * @param jpeg at most 320 by 180; empty when there is none since this Manager started
     */
    record Preview(@Nullable LatestImageChanged picture, Buffer jpeg) {}

    /** The picture, or none. */
    record Latest(@Nullable LatestImageChanged picture) {}
}

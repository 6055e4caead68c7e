package io.flamenco.manager.images;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.bus.ManagerFacts.LatestImageChanged;
import io.flamenco.shared.id.WorkerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of the owner of the latest picture. */
public sealed interface ImageOrders {

    /** A Worker made files; answered at once, whatever becomes of them. */
    Command<OfferFiles, Done> OFFER_FILES = new Command<>("manager.images.offer", OfferFiles.class, Done.class);

    /** Which picture is to be shown? */
    Command<WhichPicture, Latest> LATEST = new Command<>("manager.images.latest", WhichPicture.class, Latest.class);

    /**
     * Files that were just made, as paths that the Manager can open too.
     *
     * @param workerId who made them; absent when nobody knows
     */
    record OfferFiles(@Nullable WorkerId workerId, List<String> paths) implements ImageOrders {}

    /** Asks which picture is to be shown. */
    record WhichPicture() implements ImageOrders {}

    /** The picture, or none. */
    record Latest(@Nullable LatestImageChanged picture) {}
}

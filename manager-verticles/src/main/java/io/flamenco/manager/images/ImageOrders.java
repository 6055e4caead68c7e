package io.flamenco.manager.images;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.WorkerId;
import java.util.List;

/** What can be asked of the owner of the latest picture. */
public sealed interface ImageOrders {

    /** A Worker made files; answered at once, whatever becomes of them. */
    Command<OfferFiles, Done> OFFER_FILES = new Command<>("manager.images.offer", OfferFiles.class, Done.class);

    /** Files that a Worker has just made, as paths that the Manager can open too. */
    record OfferFiles(WorkerId workerId, List<String> paths) implements ImageOrders {}
}

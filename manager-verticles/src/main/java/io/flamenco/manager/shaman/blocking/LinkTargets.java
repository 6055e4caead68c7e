package io.flamenco.manager.shaman.blocking;

import java.io.IOException;
import java.nio.file.Path;

/** What the links of checkouts say. */
@FunctionalInterface
interface LinkTargets {

    /**
     * The text of a link.
     *
     * @param blob the stored file
     * @param link where the link will be
     */
    Path of(Path blob, Path link);

    /** The stored file's absolute path, under which Workers must see it too. */
    static LinkTargets absolute() {
        return (blob, link) -> blob;
    }

    /**
     * The way from the link to the stored file, which stays right when store and checkouts are mounted elsewhere together.
     *
     * @param store the root of the store
     * @param checkouts the root of the checkouts
     * @throws IOException when one of them is not there
     */
    static LinkTargets relative(Path store, Path checkouts) throws IOException {
        Path realStore = store.toRealPath();
        Path realCheckouts = checkouts.toRealPath();
        return (blob, link) -> realCheckouts
                .resolve(checkouts.relativize(link))
                .resolveSibling("")
                .relativize(realStore.resolve(store.relativize(blob)));
    }
}

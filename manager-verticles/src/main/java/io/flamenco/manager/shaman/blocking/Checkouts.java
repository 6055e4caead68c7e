package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.CheckoutDefinition;
import io.flamenco.manager.shaman.domain.CheckoutDefinition.Entry;
import io.flamenco.manager.shaman.domain.CheckoutId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;

/**
 * Trees of links to stored files, one per job. A tree is built aside and renamed, so that it is there whole or not at all; who
 * makes its directory first gets the name.
 */
public final class Checkouts {

    /** Where trees are built; nobody else looks into it. */
    static final String BUILDING = ".building";

    private final Path root;
    private final FileStore store;
    private final Touch touch;
    private final LinkTargets targets;
    private final Lock lock;

    /**
     * @param lock held while a checkout is made; whoever deletes stored files holds its counterpart
     */
    Checkouts(Path root, FileStore store, Touch touch, LinkTargets targets, Lock lock) {
        this.root = root;
        this.store = store;
        this.touch = touch;
        this.targets = targets;
        this.lock = lock;
    }

    /** What became of a checkout. */
    public sealed interface Outcome {

        /** It is there, at that path below the root of checkouts. */
        record Created(String relativePath) implements Outcome {}

        /** There is something of that name. */
        record NameTaken() implements Outcome {}

        /** Files that are not stored, by their paths in the checkout. */
        record Missing(List<String> paths) implements Outcome {}
    }

    /** Makes the directories, and removes what was being built when the process ended. */
    void prepare() throws IOException {
        Path building = Files.createDirectories(root).resolve(BUILDING);
        if (Files.isDirectory(building, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> trees = Files.newDirectoryStream(building)) {
                for (Path tree : trees) {
                    Trees.delete(tree);
                }
            }
        }
    }

    /** Makes a checkout of stored files; they are touched before this returns. */
    public Outcome create(CheckoutId id, CheckoutDefinition definition) throws IOException {
        Path checkout = root.resolve(id.group()).resolve(id.text());
        if (Files.exists(checkout, LinkOption.NOFOLLOW_LINKS)) {
            return new Outcome.NameTaken();
        }
        lock.lock();
        try {
            List<String> missing = definition.entries().stream()
                    .filter(entry -> !store.has(entry.key()))
                    .map(Entry::path)
                    .toList();
            return missing.isEmpty() ? build(id, definition, checkout) : new Outcome.Missing(missing);
        } finally {
            lock.unlock();
        }
    }

    private Outcome build(CheckoutId id, CheckoutDefinition definition, Path checkout) throws IOException {
        touch.now(definition.distinct().keySet().stream().map(store::blob).toList());
        Path tree = Files.createDirectories(root.resolve(BUILDING)).resolve(id.text() + "~" + UUID.randomUUID());
        try {
            Files.createDirectory(tree);
            for (Entry entry : definition.entries()) {
                link(tree, checkout, entry);
            }
            return moveIntoPlace(id, tree, checkout);
        } finally {
            Trees.delete(tree);
        }
    }

    private void link(Path tree, Path checkout, Entry entry) throws IOException {
        Path link = tree.resolve(entry.path());
        Files.createDirectories(link.resolveSibling(""));
        Files.createSymbolicLink(link, targets.of(store.blob(entry.key()), checkout.resolve(entry.path())));
    }

    /** Renaming replaces a directory only while it is empty, and making it has only one winner. */
    private static Outcome moveIntoPlace(CheckoutId id, Path tree, Path checkout) throws IOException {
        Path group = Files.createDirectories(checkout.resolveSibling(""));
        try {
            Files.createDirectory(checkout);
        } catch (FileAlreadyExistsException someoneWasFirst) {
            return new Outcome.NameTaken();
        }
        Files.move(tree, checkout, StandardCopyOption.ATOMIC_MOVE);
        Durable.forceDirectory(group);
        return new Outcome.Created(id.relativePath());
    }
}

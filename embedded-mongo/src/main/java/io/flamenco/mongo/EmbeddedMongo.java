package io.flamenco.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A server of MongoDB's wire protocol inside this process, over a file or over memory, on a free port of the loopback
 * interface. All methods block; call them off the event loop.
 */
public final class EmbeddedMongo implements AutoCloseable {
    private final MongoServer server;
    private final String place;

    private EmbeddedMongo(H2Backend backend, String place) {
        this.place = place;
        this.server = new MongoServer(backend);
        this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1, 1);
    }

    /** Opens the database file {@code <name>.mv} of {@code directory}, which is created when missing. */
    public static EmbeddedMongo open(Path directory, String name) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var file = directory.resolve(name + ".mv");
        return new EmbeddedMongo(new H2Backend(file.toString()), file.toString());
    }

    /** A database that lives in memory and is gone when closed; for tests and trials. */
    public static EmbeddedMongo inMemory() {
        return new EmbeddedMongo(H2Backend.inMemory(), "memory");
    }

    /** Where a MongoDB client finds this server. */
    public String connectionString() {
        return server.getConnectionString();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /** One phrase for logs: what this is and where its data is. */
    @Override
    public String toString() {
        return "embedded database in " + place;
    }
}

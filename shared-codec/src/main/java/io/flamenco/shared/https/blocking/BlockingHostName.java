package io.flamenco.shared.https.blocking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The name of this machine, as the operating system tells it; not necessarily with a domain. */
public final class BlockingHostName {

    private static final Path OF_LINUX = Path.of("/proc/sys/kernel/hostname");

    private BlockingHostName() {}

    /** Empty when the machine has none. A machine whose name no address belongs to has one nevertheless. */
    public static Optional<String> find() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException withoutAddress) {
            return Stream.of(variable("HOSTNAME"), variable("COMPUTERNAME"), line(OF_LINUX))
                    .flatMap(Optional::stream)
                    .filter(name -> !name.isBlank())
                    .findFirst();
        }
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}

package io.flamenco.worker.platform;

import io.flamenco.shared.https.blocking.BlockingHostName;
import io.flamenco.shared.kernel.StartFailure;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * Facts about the machine.
 *
 * @param system its operating system
 * @param hostName as the system tells it, not necessarily with a domain
 * @param environment the variables that subprocesses see
 * @param zone the zone of the local time
 */
public record Machine(OperatingSystem system, String hostName, Map<String, String> environment, ZoneId zone) {

    /** A variable that would make programs load our libraries instead of theirs. */
    private static final String NOT_INHERITED = "LD_LIBRARY_PATH";

    public Machine {
        Map<String, String> inherited = new HashMap<>(environment);
        inherited.remove(NOT_INHERITED);
        environment = Map.copyOf(inherited);
    }

    /**
     * This machine; looking up its name may block.
     *
     * @throws StartFailure when the protocol has no name for its operating system
     */
    public static Machine here() {
        String java = System.getProperty("os.name", "");
        OperatingSystem system = OperatingSystem.ofJavaName(java)
                .orElseThrow(() -> new StartFailure("A Worker runs on Linux, Windows and macOS; this is \"" + java
                        + "\", for which the protocol has no name."));
        return new Machine(system, localHostName(), System.getenv(), ZoneId.systemDefault());
    }

    /** The name of this machine, as it tells it; looking it up may block. */
    public static String localHostName() {
        return BlockingHostName.find().orElse("unnamed");
    }
}

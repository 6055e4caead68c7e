package io.flamenco.dist;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A directory that is the whole file system of the programs that run in it, with {@code /proc} and the host's devices. They
 * have mounts and process ids of their own, so that nothing of them is left when they end. Only root may do that.
 */
record EmptyMachine(Path root) {

    private static final String ENTER =
            "mount -t proc proc \"$1/proc\" && mount --bind /dev \"$1/dev\" && shift && exec chroot \"$@\"";

    /** Skips the test aloud where such places cannot be made. */
    static void assumePossible() throws Exception {
        Run.wanted("unshare");
        Run.wanted("chroot");
        Run mounting = Run.of("unshare", "--mount", "--pid", "--fork", "mount", "-t", "tmpfs", "tmpfs", "/mnt");
        Run.assume(mounting.exitCode() == 0, "only root may mount, in a container only a privileged one");
    }

    /** Runs a program in it. */
    Run run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
        all.addAll(List.of("sh", "-c", ENTER, "sh", root.toString(), root.toString()));
        all.addAll(List.of(command));
        return Run.of(Map.of("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND", "noninteractive"), all);
    }
}

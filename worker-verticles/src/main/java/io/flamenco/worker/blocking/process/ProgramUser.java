package io.flamenco.worker.blocking.process;

import io.flamenco.shared.kernel.StartFailure;
import io.flamenco.worker.platform.OperatingSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The user as whom a Worker on Linux runs its programs, so that a job cannot read what is the Worker's own, such as its
 * credentials. The Worker must be allowed to become that user, as root is. Programs cannot gain rights again.
 *
 * @param name as the system knows it
 * @param group the number of its own group
 * @param home its directory
 */
public record ProgramUser(String name, String group, Path home) {

    private static final String SETPRIV = "setpriv";
    private static final int GROUP_FIELD = 3;
    private static final int HOME_FIELD = 5;

    /**
     * That user, after a trial.
     *
     * @throws StartFailure when there is none, or the Worker may not run programs as that user
     */
    public static ProgramUser find(String name, OperatingSystem system) {
        if (system != OperatingSystem.LINUX) {
            throw refusal(name, "only a Worker on Linux can do that");
        }
        List<String> account =
                List.of(output(name, List.of("getent", "passwd", name)).split(":", -1));
        if (account.size() <= HOME_FIELD) {
            throw refusal(name, "there is no such user");
        }
        ProgramUser user = new ProgramUser(name, account.get(GROUP_FIELD), Path.of(account.get(HOME_FIELD)));
        output(name, user.command(List.of("true")));
        return user;
    }

    private static StartFailure refusal(String name, String reason) {
        return new StartFailure("Programs cannot be run as the user " + name + " (" + reason
                + "). Correct run_programs_as, or start the Worker as root.");
    }

    private static String output(String name, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw refusal(name, text.isEmpty() ? "there is no such user" : text);
            }
            return text;
        } catch (IOException e) {
            throw refusal(name, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal(name, "the start was broken off");
        }
    }

    /** The command line that runs a program as this user, under the process id that it is started with. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(SETPRIV, "--reuid=" + name, "--regid=" + group, "--init-groups", "--no-new-privs", "--"));
        command.addAll(arguments);
        return command;
    }

    /** The variables that tell a program whose it is. */
    Map<String, String> environment(Map<String, String> variables) {
        Map<String, String> own = new HashMap<>(variables);
        own.putAll(Map.of("HOME", home.toString(), "USER", name, "LOGNAME", name));
        return own;
    }

    /** Makes a file or directory this user's; a link is not followed, so that nobody can pass off another file. */
    void own(Path made) throws IOException {
        UserPrincipal owner =
                made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        Files.getFileAttributeView(made, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setOwner(owner);
    }
}

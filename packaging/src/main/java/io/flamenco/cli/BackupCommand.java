package io.flamenco.cli;

import io.flamenco.cli.backup.BackupMaking;
import io.flamenco.cli.backup.KeptRole;
import io.flamenco.mongo.BackupLabel;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flamenco manager backup} and {@code flamenco server backup}. */
@Command(
        name = "backup",
        description = "Writes the whole embedded database into a file, as it is at one moment, whether the role runs or"
                + " not. The file is made for its owner only, for it holds what credentials are checked against.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--url", paramLabel = "URL", description = "Where the role is reached, when not where it says.")
    private Optional<URI> url = Optional.empty();

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() throws IOException {
        log.toConsole();
        KeptRole role = place.role(spec.parent().name());
        BackupLabel label =
                new BackupMaking(role, url.orElse(role.url()), Version.number(), Clock.systemUTC()).to(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The " + role.name() + "'s database of " + label.made() + " is in " + file + ", " + Files.size(file)
                + " bytes.");
        out.flush();
        return 0;
    }
}

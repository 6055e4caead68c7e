package io.flamenco.cli;

import io.flamenco.cli.backup.BackupRestoring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code flamenco manager restore} and {@code flamenco server restore}. */
@Command(
        name = "restore",
        description = "Makes a backup the database again. The role must not be running; the backup is checked first.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--replace", description = "Moves a database that is there aside; it is not deleted.")
    private boolean replace;

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() {
        log.toConsole();
        String done = new BackupRestoring(
                        place.role(spec.parent().name()), Version.number(), Clock.system(ZoneId.systemDefault()))
                .from(file, replace);
        PrintWriter out = spec.commandLine().getOut();
        out.println(done);
        out.flush();
        return 0;
    }
}

package io.flamenco.cli;

import io.flamenco.cli.farm.Installed;
import io.flamenco.cli.farm.LocalFarm;
import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.RoleProcess;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco all}. */
@Command(
        name = "all",
        description = "Runs Server, Manager and Workers in one process, linked with each other.",
        mixinStandardHelpOptions = true)
final class AllCommand implements Callable<Integer> {

    private static final String EVERYWHERE = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private FarmOptions farm = new FarmOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "flamenco-data",
            description = "Where what must last is kept; made for its owner only. Default: ./${DEFAULT-VALUE}")
    private Path data = Path.of("flamenco-data");

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() {
        log.toConsole();
        Path directory = DataDirectory.take(data);
        return RoleProcess.run(
                directory,
                vertx -> farm.plan(vertx, directory, EVERYWHERE, Installed.here())
                        .compose(plan -> LocalFarm.start(vertx, plan))
                        .compose(running -> running.loginLink().map(link -> {
                            say("Log in (once) at " + link);
                            return running;
                        })));
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}

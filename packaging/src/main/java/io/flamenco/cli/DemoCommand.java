package io.flamenco.cli;

import io.flamenco.cli.demo.Demo;
import io.flamenco.cli.farm.Installed;
import io.flamenco.cli.farm.LocalFarm;
import io.flamenco.cli.process.CommandFailure;
import io.flamenco.cli.process.DataDirectory;
import io.flamenco.cli.process.ExitCode;
import io.flamenco.cli.process.RoleProcess;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco demo}. */
@Command(
        name = "demo",
        description = "Runs a farm on this machine and has it make some pictures: with Blender when it is installed,"
                + " drawn by the Workers themselves otherwise. It can be reached from this machine only.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final String THIS_MACHINE = "127.0.0.1";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private FarmOptions farm = new FarmOptions();

    @Option(names = "--once", description = "End when the pictures are made.")
    private boolean once;

    @Option(names = "--without-blender", description = "Draw test pictures even when Blender is installed.")
    private boolean withoutBlender;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "600",
            description = "How long the pictures may take with --once. Default: ${DEFAULT-VALUE}")
    private int timeoutSeconds;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "flamenco-demo",
            description =
                    "Where the farm and the pictures are kept; made for its owner only. Default: ./${DEFAULT-VALUE}")
    private Path data = Path.of("flamenco-demo");

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() {
        Path directory = DataDirectory.take(data);
        log.toFile(directory.resolve("flamenco.log"));
        Installed here = Installed.here();
        Installed installed = withoutBlender ? here.withoutBlender() : here;
        return RoleProcess.run(
                directory,
                vertx -> farm.plan(vertx, directory, THIS_MACHINE, installed)
                        .compose(plan -> LocalFarm.start(vertx, plan))
                        .compose(running -> running.loginLink()
                                .map(link -> new Show(running, show(vertx, running, link, directory, installed)))));
    }

    private Future<Integer> show(Vertx vertx, LocalFarm running, URI login, Path directory, Installed installed) {
        say("Server   " + running.server());
        say("Manager  " + running.manager());
        say("Log in   " + login);
        Future<String> pictures =
                new Demo(vertx, running, directory, installed, Clock.system(ZoneId.systemDefault()), this::say).run();
        return once ? inTime(pictures).map(result -> saidAndDone(result)) : stay(pictures, running);
    }

    private Future<String> inTime(Future<String> pictures) {
        return pictures.timeout(timeoutSeconds, TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException
                                ? new CommandFailure(
                                        ExitCode.TOO_LATE,
                                        "The pictures were not made within " + timeoutSeconds
                                                + " s; give them more with --timeout, or start the demo again to go on.")
                                : failure));
    }

    private int saidAndDone(String result) {
        say(result);
        return ExitCode.DONE;
    }

    private Future<Integer> stay(Future<String> pictures, LocalFarm running) {
        return pictures.compose(result -> {
            say(result);
            say("The farm goes on; stop it with Ctrl-C.");
            return running.ended();
        });
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private record Show(LocalFarm farm, Future<Integer> ended) implements RoleProcess.Running {

        @Override
        public Future<Void> stop() {
            return farm.stop();
        }
    }
}

package io.flamenco.cli;

import io.flamenco.cli.process.Parent;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.worker.EffectiveSettings;
import io.flamenco.worker.WorkerConfig;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco worker}. */
@Command(
        name = "worker",
        description = "Runs a Worker: takes tasks from a Manager and does them on this machine.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    private static final String LOG_FILE = "flamenco-worker.log";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private RoleOptions options = new RoleOptions();

    @Option(names = "--manager", paramLabel = "URL", description = "The Manager, such as http://manager.studio:8080/")
    private Optional<String> manager = Optional.empty();

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "1",
            description = "Runs N independent Workers in this process. Default: ${DEFAULT-VALUE}")
    private int slots = 1;

    @Option(
            names = {"-1", "--single"},
            description = "Does one task and ends.")
    private boolean single;

    @Option(
            names = {"-t", "--test"},
            description = "Takes the Manager's test tasks only.")
    private boolean test;

    @Option(
            names = {"-r", "--reregister"},
            description = "Forgets who it was and registers anew.")
    private boolean reregister;

    @Option(
            names = {"-v", "--verbose"},
            description = "Shows the settings that count before it starts, without secrets.")
    private boolean verbose;

    @Option(names = "--end-with-input", hidden = true, description = "Ends when the standard input ends.")
    private boolean endWithInput;

    @Override
    public Integer call() {
        if (endWithInput) {
            Parent.endWith(System.in);
        }
        JsonObject over = new JsonObject();
        manager.ifPresent(url -> over.put("manager_url", url));
        mode(over, "single", single);
        mode(over, "test", test);
        mode(over, "reregister", reregister);
        return options.runWithLogFile(RoleKind.workers(slots, this::show), over, LOG_FILE);
    }

    private void show(WorkerConfig config) {
        LoggerFactory.getLogger(WorkerCommand.class)
                .info("Starting the Worker of {}. data={}", Version.text(), config.dataDirectory());
        if (verbose) {
            spec.commandLine().getErr().println(EffectiveSettings.of(config));
        }
    }

    private static void mode(JsonObject over, String key, boolean wanted) {
        if (wanted) {
            over.put(key, true);
        }
    }
}

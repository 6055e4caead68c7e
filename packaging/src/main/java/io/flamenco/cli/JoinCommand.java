package io.flamenco.cli;

import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleFile;
import io.flamenco.cli.process.RoleKind;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.manager.Joining;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.worker.manager.ManagerClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code flamenco manager join-command}. */
@Command(
        name = "join-command",
        description = "Prints the command with which a Worker joins this Manager. It holds the join secret: whoever"
                + " sees it can register Workers.",
        mixinStandardHelpOptions = true)
final class JoinCommand implements Callable<Integer> {

    /** How the command is written. */
    enum Form {
        SH,
        POWERSHELL,
        YAML
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(names = "--url", paramLabel = "URL", description = "The Manager's URL, when Workers need another one.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--form",
            paramLabel = "FORM",
            defaultValue = "SH",
            description = "sh, powershell, or yaml for the lines of a worker.yaml. Default: sh")
    private Form form = Form.SH;

    @Mixin
    private LogOptions log = new LogOptions();

    @Override
    public Integer call() {
        log.toConsole();
        Joining joining = joining();
        URI chosen = url.orElse(joining.urls().getFirst());
        PrintWriter out = spec.commandLine().getOut();
        out.println(text(chosen, settings(joining)));
        out.flush();
        mentionOthers(joining.urls(), chosen);
        return 0;
    }

    private Joining joining() {
        Vertx vertx = RoleProcess.clientVertx();
        try {
            return MainThread.await(place.managerFile(vertx).compose(this::joining));
        } finally {
            MainThread.await(vertx.close());
        }
    }

    private Future<Joining> joining(RoleFile file) {
        Path directory = place.data().resolve(RoleKind.MANAGER.name());
        return Future.succeededFuture(
                Joining.with(ManagerConfig.read(file.source(), file.settings(), directory, System.getenv())));
    }

    /** What the Worker has to be told besides the URL, as keys of its settings. */
    private static Map<String, String> settings(Joining joining) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!joining.secret().isEmpty()) {
            settings.put("worker_registration_secret", joining.secret());
        }
        joining.pin().ifPresent(pin -> settings.put(ManagerClient.MANAGER.fingerprint(), pin.hex()));
        return settings;
    }

    private String text(URI manager, Map<String, String> settings) {
        return switch (form) {
            case SH -> lines(settings, true, "%s='%s' ", "'\\''") + "flamenco worker --manager " + manager;
            case POWERSHELL -> lines(settings, true, "$env:%s='%s'; ", "''") + "flamenco worker --manager " + manager;
            case YAML -> "manager_url: " + manager + lines(settings, false, "%n%s: '%s'", "''");
        };
    }

    /**
     * @param environment whether to name the variable of the environment in place of the setting
     * @param quote how a quotation mark within quotation marks is written
     */
    private static String lines(Map<String, String> settings, boolean environment, String format, String quote) {
        return settings.entrySet().stream()
                .map(setting -> String.format(
                        format,
                        environment ? "FLAMENCO_WORKER_" + setting.getKey().toUpperCase(Locale.ROOT) : setting.getKey(),
                        setting.getValue().replace("'", quote)))
                .collect(Collectors.joining());
    }

    private void mentionOthers(List<URI> urls, URI chosen) {
        List<URI> others = urls.stream().filter(other -> !other.equals(chosen)).toList();
        if (!others.isEmpty()) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("This machine has other addresses too; choose with --url: "
                    + others.stream().map(URI::toString).collect(Collectors.joining(" ")));
            err.flush();
        }
    }
}

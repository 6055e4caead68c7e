package io.flamenco.cli.remote;

import io.flamenco.cli.jobs.ServerCalls;
import io.flamenco.cli.jobs.Token;
import io.flamenco.cli.process.ConsoleLog;
import io.flamenco.cli.process.MainThread;
import io.flamenco.cli.process.RoleProcess;
import io.flamenco.shared.trust.PeerTrust;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/**
 * What every command takes that talks to a Server, and how it is run. A command with commands below it hands the options on to
 * those, so that they may stand before or after the name.
 */
public final class RemoteOptions {

    private static final Path USUAL_TOKEN = Path.of("flamenco-data/server/api-token");

    @Option(
            names = "--server",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            defaultValue = "${env:FLAMENCO_SERVER:-http://localhost:8090/}",
            description = "The Server. Default: $FLAMENCO_SERVER, or http://localhost:8090/")
    private URI server = URI.create("http://localhost:8090/");

    @Option(
            names = "--token-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Holds an API token of the Server. The variable FLAMENCO_TOKEN wins over it. Default:"
                    + " ./flamenco-data/server/api-token, when it is there")
    private Optional<Path> tokenFile = Optional.empty();

    @Option(
            names = "--server-fingerprint",
            scope = ScopeType.INHERIT,
            paramLabel = "SHA-256",
            defaultValue = "${env:FLAMENCO_SERVER_FINGERPRINT:-}",
            description =
                    "Over HTTPS, the one key of the Server that is accepted, as it shows it at its start. Default:"
                            + " $FLAMENCO_SERVER_FINGERPRINT")
    private String fingerprint = "";

    @Option(
            names = "--server-certificates",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "Over HTTPS, a PEM file with the authorities to trust in place of those that Java knows.")
    private Optional<Path> certificates = Optional.empty();

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON for scripts, as the Server gives it.")
    private boolean json;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log every decision on the standard error stream.")
    private boolean debug;

    /** Gives a command these options, to be handed on to the commands below it. */
    static RemoteOptions of(CommandSpec group) {
        RemoteOptions options = new RemoteOptions();
        group.addMixin("remote", CommandSpec.forAnnotatedObject(options));
        return options;
    }

    /**
     * Runs a command and ends what it used.
     *
     * @param spec of the command, for its streams
     * @param work gives the exit code, or whatever else is wanted
     */
    <T> T run(CommandSpec spec, Function<Remote, Future<T>> work) {
        beginLog();
        if (server.getHost() == null || !Set.of("http", "https").contains(server.getScheme())) {
            throw new ParameterException(spec.commandLine(), "--server must be a URL such as http://server:8090/");
        }
        Optional<String> token = token();
        Vertx vertx = RoleProcess.clientVertx();
        try {
            return MainThread.await(
                    work.apply(Remote.of(vertx, server, token, trust(spec), new Screen(spec.commandLine(), json))));
        } finally {
            MainThread.await(vertx.close());
        }
    }

    /** Must come before the first logger is made, which reading JSON does. */
    void beginLog() {
        ConsoleLog.apply(debug ? "TEXT" : "WARNINGS", debug ? "DEBUG" : "WARN", debug ? "INFO" : "WARN");
    }

    private PeerTrust trust(CommandSpec spec) {
        try {
            return PeerTrust.written(ServerCalls.SERVER, fingerprint, certificates);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()));
        }
    }

    private Optional<String> token() {
        String given = System.getenv("FLAMENCO_TOKEN");
        if (given != null && !given.isBlank()) {
            return Optional.of(given.strip());
        }
        return tokenFile
                .or(() -> Optional.of(USUAL_TOKEN).filter(Files::isReadable))
                .map(Token::in);
    }
}

package io.flamenco.manager;

import io.flamenco.manager.audit.AuditLog;
import io.flamenco.manager.audit.blocking.AuditFile;
import io.flamenco.manager.config.ManagerConfig;
import io.flamenco.manager.http.DescriptionRoutes;
import io.flamenco.manager.http.Door;
import io.flamenco.manager.http.HttpVerticle;
import io.flamenco.manager.http.LoginRoutes;
import io.flamenco.manager.http.People;
import io.flamenco.manager.http.RequestLimits;
import io.flamenco.manager.http.RestartRoutes;
import io.flamenco.manager.http.RouteGroup;
import io.flamenco.manager.http.SessionCookie;
import io.flamenco.manager.http.WebPages;
import io.flamenco.manager.login.KeyRing;
import io.flamenco.manager.login.Sessions;
import io.flamenco.manager.login.TrustedKeys;
import io.flamenco.manager.login.blocking.KeyFiles;
import io.flamenco.manager.reach.OwnUrls;
import io.flamenco.manager.setup.blocking.SettingsFile;
import io.flamenco.manager.setup.http.LinkRoutes;
import io.flamenco.manager.setup.http.SettingsRoutes;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.http.RateLimit;
import io.flamenco.shared.https.HttpsParts;
import io.flamenco.shared.https.Listening;
import io.flamenco.shared.https.blocking.BlockingAddresses;
import io.flamenco.shared.kernel.Kernel;
import io.flamenco.shared.kernel.Role;
import io.flamenco.shared.kernel.VerticleSettings;
import io.flamenco.shared.trust.Fingerprint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A Manager that is being set up: it serves the pages to link it and to edit its settings, and nothing else. Only who has the
 * one-time key of this start or the API token gets in, or an admin of the Server that it is linked to.
 */
public final class ManagerSetup implements Role {

    private static final Logger LOG = LoggerFactory.getLogger(ManagerSetup.class);
    private static final int KEYS_A_MINUTE = 10;
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final Clock clock;
    private final SettingsFile file;
    private final Path dataDirectory;
    private final Optional<ManagerConfig> known;
    private final ManagerConfig config;
    private final People people;
    private final Kernel kernel;
    private final HttpsParts https;
    private final Promise<Integer> ended = Promise.promise();
    private volatile int port;
    private volatile List<InetAddress> addresses = List.of();

    private ManagerSetup(
            Vertx vertx, Clock clock, SettingsFile file, Path dataDirectory, Settings settings, Sessions sessions) {
        this.vertx = vertx;
        this.clock = clock;
        this.file = file;
        this.dataDirectory = dataDirectory;
        this.known = settings.known();
        this.config = settings.usable();
        this.kernel = new Kernel(vertx, "manager");
        this.https = new HttpsParts(config.listening());
        KeyRing keys = new KeyRing();
        keys.trust(settings.keys());
        this.people = new People(
                clock,
                settings.apiToken(),
                sessions,
                new SessionCookie(config.listening().ownUrl()),
                keys,
                config.link().map(ManagerConfig.Link::managerId),
                false);
    }

    /**
     * What the set-up starts with.
     *
     * @param known the settings, unless they are wrong
     * @param usable the settings; when they are wrong, where and how to listen, or this machine alone when that is wrong too
     */
    private record Settings(Optional<ManagerConfig> known, ManagerConfig usable, String apiToken, TrustedKeys keys) {

        @Override
        public String toString() {
            return "Settings[known=" + known.isPresent() + "]";
        }
    }

    /**
     * Starts the set-up.
     *
     * @param file the settings file, which need not exist
     * @param over settings of the command line, which win over the file's
     * @param before whose sessions go on, when a Manager ran before in this process
     */
    public static Future<ManagerSetup> start(
            Vertx vertx, Path file, JsonObject over, Path dataDirectory, Optional<Sessions> before) {
        Clock clock = Clock.systemUTC();
        SettingsFile settingsFile = new SettingsFile(file, clock);
        return vertx.executeBlocking(() -> settings(settingsFile, over, dataDirectory))
                .compose(settings -> new ManagerSetup(
                                vertx,
                                clock,
                                settingsFile,
                                dataDirectory,
                                settings,
                                before.orElseGet(() -> new Sessions(clock, settings.apiToken())))
                        .deploy());
    }

    private static Settings settings(SettingsFile file, JsonObject over, Path dataDirectory) throws IOException {
        Optional<ManagerConfig> known = read(file, key -> true, over, dataDirectory);
        Optional<ManagerConfig> listening =
                known.isPresent() ? known : read(file, Listening.SETTINGS::contains, over, dataDirectory);
        ManagerConfig usable = listening.orElseGet(() -> onThisMachine(over, dataDirectory));
        return new Settings(
                known,
                usable,
                ManagerSecrets.prepare(usable).apiToken(),
                new KeyFiles(dataDirectory.resolve("jwtkeys")).load());
    }

    private static Optional<ManagerConfig> read(
            SettingsFile file, Predicate<String> wanted, JsonObject over, Path dataDirectory) throws IOException {
        try {
            JsonObject content = file.read().content().copy();
            content.fieldNames().stream().filter(wanted.negate()).toList().forEach(content::remove);
            return Optional.of(ManagerConfig.read(file.name(), content.mergeIn(over), dataDirectory, System.getenv()));
        } catch (ConfigurationException | YAMLException wrong) {
            LOG.warn("The settings are wrong; the set-up starts without them. reason={}", wrong.getMessage());
            return Optional.empty();
        }
    }

    /** Nobody knows whether HTTPS was wanted, so what is typed here must not go over a network. */
    private static ManagerConfig onThisMachine(JsonObject over, Path dataDirectory) {
        ManagerConfig wanted = ManagerConfig.read("the command line", over, dataDirectory, Map.of());
        int port = wanted.listening().listen().port();
        LOG.warn("It is not known how to listen, so the set-up can be reached from this machine alone. port={}", port);
        JsonObject here = over.copy().put("listen", LOOPBACK + ":" + port);
        return ManagerConfig.read("the command line", here, dataDirectory, Map.of());
    }

    private Future<ManagerSetup> deploy() {
        https.addTo(kernel, vertx, clock, dataDirectory, "Manager", () -> port);
        kernel.add(
                "http",
                VerticleSettings.on(1),
                () -> new HttpVerticle(
                        config.listening().address(), https.encryption(), this::routeGroups, real -> port = real));
        return vertx.executeBlocking(BlockingAddresses::all)
                .onSuccess(found -> addresses = found)
                .compose(found -> kernel.start())
                .map(this);
    }

    List<RouteGroup> routeGroups(Vertx instance) {
        LinkRoutes links = new LinkRoutes(instance, file, known);
        return List.of(
                new RequestLimits(clock, config.limits().requestsPerSecond()),
                WebPages.ofSetup(instance, config.serverOrigin()),
                new LoginRoutes(people, config.flamenco(), config.link(), RateLimit.perMinute(clock, KEYS_A_MINUTE)),
                new DescriptionRoutes(),
                links.forTheServer(),
                new Door(people, new AuditLog(instance, new AuditFile(dataDirectory.resolve("audit.log")), clock)),
                links.forAdmins(),
                new SettingsRoutes(instance, file, dataDirectory, this::candidates),
                RestartRoutes.ofSetup(ended::tryComplete));
    }

    private List<URI> candidates() {
        return OwnUrls.candidates(
                config.listening().scheme(), config.listening().address(), port, addresses);
    }

    /** Links that log their holder in once and lead to the set-up; one for each address of this machine. */
    public List<URI> loginLinks() {
        String key = people.sessions().oneTimeKey();
        String suffix = key.isEmpty() ? "setup" : "setup#key=" + key;
        return candidates().stream().map(url -> url.resolve(suffix)).toList();
    }

    /** Who is logged in. */
    public Sessions sessions() {
        return people.sessions();
    }

    @Override
    public String name() {
        return "manager";
    }

    @Override
    public Optional<URI> url() {
        return Optional.of(config.listening().local(port));
    }

    @Override
    public Optional<Fingerprint> pin() {
        return https.pin();
    }

    @Override
    public Future<Integer> ended() {
        return ended.future();
    }

    @Override
    public Future<Void> stop() {
        return kernel.stop();
    }
}

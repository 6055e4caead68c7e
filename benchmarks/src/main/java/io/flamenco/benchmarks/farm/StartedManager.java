package io.flamenco.benchmarks.farm;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The real jar's Manager as a process of its own, with a configuration and a data directory made for it. Blocks. */
public final class StartedManager implements ManagerUnderTest {

    private static final String JOIN_SECRET = "join-secret-of-the-benchmarks";

    private final JarProcess process;
    private final URI url;

    private StartedManager(JarProcess process, URI url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Starts it and waits until it answers over HTTP.
     *
     * @param more settings over those made here
     * @throws IllegalStateException when it ends or does not answer in time; shows the end of its log
     */
    public static StartedManager start(JarProcess.Launch launch, URI server, Map<String, String> more) {
        int port = JarProcess.freePort();
        Map<String, String> settings = settings(port, server);
        settings.putAll(more);
        URI url = URI.create("http://127.0.0.1:" + port);
        JarProcess process = JarProcess.start(launch, "manager", settings);
        process.awaitAnswer(url.resolve("/status-change"));
        return new StartedManager(process, url);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String joinSecret() {
        return JOIN_SECRET;
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.of(process.pid());
    }

    @Override
    public void close() {
        process.stop();
    }

    private static Map<String, String> settings(int port, URI server) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("_meta", "{version: 2}");
        settings.put("manager_name", "Benchmark");
        settings.put("listen", "127.0.0.1:" + port);
        settings.put("flamenco", server.toString());
        settings.put("manager_id", "5f0000000000000000000001");
        settings.put("manager_secret", "secret-of-the-benchmarks");
        settings.put("worker_registration_secret", JOIN_SECRET);
        settings.put("download_task_sleep", "1s");
        settings.put("active_worker_timeout_interval", "1h");
        settings.put("limits", "{worker_registrations_per_minute: 1000000}");
        settings.put("ssdp_discovery", "false");
        settings.put("shaman", "{enabled: false}");
        settings.put("limits", "{worker_registrations_per_minute: 1000000}");
        return settings;
    }
}

package io.flamenco.manager.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.config.ConfigFile;
import io.flamenco.shared.config.ConfigurationException;
import io.flamenco.shared.http.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagerConfigTest {

    @TempDir
    Path directory;

    private ManagerConfig read(String yaml) throws Exception {
        Path file = Files.writeString(directory.resolve("flamenco-manager.yaml"), yaml);
        Vertx vertx = Vertx.vertx();
        try {
            JsonObject content = new ConfigFile(vertx)
                    .read(file)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            return ManagerConfig.read("flamenco-manager.yaml", content, directory, Map.of());
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void an_empty_file_gives_todays_defaults() throws Exception {
        ManagerConfig config = read("");

        assertThat(config.listening().listen()).isEqualTo(new ListenAddress("0.0.0.0", 8080));
        assertThat(config.taskLogsPath()).isEqualTo(directory.resolve("task-logs"));
        assertThat(config.upstream().pushMaxInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.timeouts().taskCleanupMaxAge()).isEqualTo(Duration.ofDays(14));
        assertThat(config.workerRegistrationSecret()).isEmpty();
        assertThat(config.variables().expand("{ffmpeg}", "workers", "linux")).isEqualTo("/usr/bin/ffmpeg");
        assertThat(config.variables().expand("{blender}", "users", "linux")).isEqualTo("/linux/path/to/blender");
        assertThat(config.variables().expand("{blender}", "workers", "linux")).isEqualTo("/farm/path/to/blender");
    }

    @Test
    void every_key_of_the_second_layout_is_read() throws Exception {
        ManagerConfig config = read("""
                _meta:
                  version: 2
                mode: develop
                manager_name: Studio
                database_url: mongodb://db/flamanager
                database_path: ./db
                task_logs_path: ./logs
                listen: 127.0.0.1:9000
                listen_https: ':9443'
                own_url: http://manager.studio:9000/
                flamenco: http://server.studio:8090/
                manager_id: 5852bc5198377351f95d103e
                manager_secret: SRVsomething
                tlskey: key.pem
                tlscert: cert.pem
                acme_domain_name: ''
                download_task_sleep: 5m
                download_task_recheck_throttle: -1s
                task_update_push_max_interval: 30s
                task_update_push_max_count: 50
                cancel_task_fetch_max_interval: 1h30m
                active_task_timeout_interval: 1m
                active_worker_timeout_interval: 15s
                task_cleanup_max_age: 48h
                worker_cleanup_max_age: 24h
                worker_cleanup_status: [offline, timeout]
                blacklist_threshold: 4
                task_fail_after_softfail_count: 5
                watch_for_latest_image: /shared/latest
                ssdp_discovery: false
                ssdp_device_uuid: 7401c189-ef69-434b-b4d8-56d00075faf5
                test_tasks:
                  test_blender_render:
                    job_storage: '{job_storage}/t'
                    render_output: '{render}/t'
                shaman:
                  enabled: true
                  fileStorePath: /s/files
                  checkoutPath: /s/jobs
                  garbageCollect:
                    period: 1h
                    maxAge: 744h0m0s
                    extraCheckoutPaths: []
                user_authentication:
                  publicKeysDownloadInterval: 1h
                worker_registration_secret: ' s3cret '
                dynamic_pool_platforms:
                  azure:
                    location: westeurope
                    batch_account_name: studio
                  local-process:
                    max_workers: 3
                websetup:
                  hide_infra_settings: true
                variables:
                  blender:
                    direction: oneway
                    values:
                      - platforms: [linux, darwin]
                        value: /opt/blender
                      - audience: workers
                        platform: windows
                        value: C:\\blender.exe
                """);

        assertThat(config.link().orElseThrow().managerId().hex()).isEqualTo("5852bc5198377351f95d103e");
        assertThat(config.upstream().downloadTaskRecheckThrottle()).isEqualTo(Duration.ofSeconds(-1));
        assertThat(config.upstream().cancelFetchMaxInterval()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.timeouts().workerCleanupStatus()).containsExactly("offline", "timeout");
        assertThat(config.shaman().garbageCollectMaxAge()).isEqualTo(Duration.ofDays(31));
        assertThat(config.workerRegistrationSecret()).contains("s3cret");
        assertThat(config.dynamicPools().azure().orElseThrow().batchUrl())
                .hasToString("https://studio.westeurope.batch.azure.com");
        assertThat(config.dynamicPools().local().orElseThrow().mostWorkers()).isEqualTo(3);
        assertThat(config.variables().expand("{blender}", "workers", "darwin")).isEqualTo("/opt/blender");
        assertThat(config.variables().byName()).containsKeys("render", "job_storage", "shaman", "ffmpeg");
        assertThat(config.hideInfraSettings()).isTrue();
    }

    @Test
    void the_first_layout_becomes_the_second() throws Exception {
        ManagerConfig config = read("""
                manager_id: 5852bc5198377351f95d103e
                variables:
                  blender:
                    linux: /opt/myblenderbuild/blender
                    windows: c:/temp/blender.exe
                  render:
                    linux: never seen
                path_replacement:
                  job_storage:
                    linux: /shared/flamenco/jobs
                    windows: s:/flamenco/jobs
                    darwin: ''
                """);

        assertThat(config.listening().listen().port()).isEqualTo(8083);
        assertThat(config.shaman().enabled()).isFalse();
        var variables = config.variables();
        assertThat(variables.expand("{blender} {render}", "workers", "linux"))
                .isEqualTo("/opt/myblenderbuild/blender /render");
        assertThat(variables.byName().get("job_storage")).satisfies(storage -> {
            assertThat(storage.direction()).isEqualTo("twoway");
            assertThat(storage.values()).hasSize(2);
        });
    }

    @Test
    void all_problems_are_named_at_once() {
        assertThatThrownBy(() -> read("""
                        _meta:
                          version: 3
                        listne: ':8080'
                        manager_id: nonsense
                        variables:
                          blender:
                            direction: sideways
                            values:
                              - value: /opt/blender
                        """))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .anyMatch(problem -> problem.startsWith("_meta.version"))
                                .anyMatch(problem -> problem.contains("did you mean \"listen\""))
                                .anyMatch(problem -> problem.startsWith("manager_id"))
                                .anyMatch(problem -> problem.startsWith("variables.blender.direction"))
                                .anyMatch(problem -> problem.startsWith("variables.blender.values[0].platform")));
    }

    @Test
    void trailing_slashes_of_two_way_variables_are_cut_and_values_are_not_expanded_again() throws Exception {
        ManagerConfig config = read("""
                _meta: {version: 2}
                variables:
                  render:
                    direction: twoway
                    values: [{platform: linux, value: '/render//'}]
                  deep:
                    direction: oneway
                    values: [{platform: linux, value: 'x{render}'}]
                """);

        assertThat(config.variables().expandForWorker("{render}/a {deep} {hey} {render", "linux"))
                .isEqualTo("/render/a x{render} {hey} {render");
        assertThat(config.variables().expandForWorker("{render}", "autumn")).isEqualTo("{render}");
    }

    @Test
    void an_empty_registration_secret_is_an_open_door() throws Exception {
        assertThat(read("worker_registration_secret: ''").workerRegistrationSecret())
                .contains("");
    }
}

package io.flamenco.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.worker.domain.IniText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveSettingsTest {

    @Test
    void all_that_counts_is_shown_but_no_secret() {
        JsonObject yaml = new JsonObject()
                .put("manager_url", "http://manager:8083/")
                .put("task_types", new JsonArray().add("sleep").add("debug"))
                .put("worker_id", "5b5b5b5b5b5b5b5b5b5b5b5b")
                .put("worker_secret", "geheim")
                .put("worker_registration_secret", "samen")
                .put("pre_task_check", new JsonObject().put("write.x", "/render"));

        String shown = EffectiveSettings.of(
                WorkerConfig.read("worker.yaml", yaml, Path.of("/data"), Map.of("FLAMENCO_WORKER_NICKNAME", "vm")));

        assertThat(shown).doesNotContain("geheim", "samen");
        assertThat(IniText.parse(shown).section("flamenco-worker"))
                .containsEntry("manager_url", "http://manager:8083/")
                .containsEntry("task_types", "sleep debug")
                .containsEntry("nickname", "vm")
                .containsEntry("worker_id", "5b5b5b5b5b5b5b5b5b5b5b5b")
                .containsEntry("worker_secret", "-hidden-")
                .containsEntry("worker_registration_secret", "-hidden-")
                .containsEntry("may_i_run_interval_seconds", "5.0")
                .containsEntry("task_update_queue_db", "/data/flamenco-worker.db");
        assertThat(IniText.parse(shown).section("pre_task_check")).containsEntry("write.0", "/render");
    }

    @Test
    void an_absent_secret_is_not_said_to_be_hidden() {
        String shown = EffectiveSettings.of(WorkerConfig.read("none", new JsonObject(), Path.of("/data"), Map.of()));

        assertThat(shown).contains("worker_secret =\n").doesNotContain("-hidden-");
    }
}

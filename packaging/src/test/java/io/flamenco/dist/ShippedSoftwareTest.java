package io.flamenco.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedSoftwareTest {

    private static final Path TEXTS = Path.of("src", "dist", "licences");
    private static final Path VENDOR = Path.of("..", "webroot", "vendor");

    @TempDir
    private Path directory;

    @Test
    void libraries_and_scripts_of_the_pages_are_in_both_lists() throws Exception {
        Path out = write(library("io.vertx", "vertx-core", "Apache-2.0", "EPL-2.0"));

        String page = Files.readString(out.resolve("THIRD-PARTY.md"));
        JsonArray bill = new JsonObject(Files.readString(out.resolve("sbom.cdx.json"))).getJsonArray("components");
        assertThat(page)
                .contains("| io.vertx:vertx-core | 1.0 | Apache-2.0 | licences/Apache-2.0.txt |")
                .contains("| vue | ")
                .contains("| sockjs-client | ")
                .contains("| @vertx/eventbus-bridge-client.js | ");
        assertThat(bill)
                .extracting(entry -> ((JsonObject) entry).getString("name"))
                .contains("vertx-core", "vue");
        assertThat(out.resolve("licences").resolve("vue").resolve("LICENSE")).isNotEmptyFile();
        assertThat(out.resolve("licences").resolve("Apache-2.0.txt")).isNotEmptyFile();
    }

    @Test
    void our_own_modules_are_in_the_bill_without_the_checksums_of_jars_that_are_not_shipped() throws Exception {
        JsonObject ours = library("io.flamenco", "shared-codec", "MIT").put("hashes", new JsonArray().add("x"));

        Path out = write(ours);

        assertThat(out.resolve("sbom.cdx.json"))
                .content()
                .contains("shared-codec")
                .doesNotContain("hashes");
        assertThat(out.resolve("THIRD-PARTY.md")).content().doesNotContain("shared-codec");
    }

    @Test
    void a_library_under_a_licence_that_nobody_allowed_breaks_the_build() {
        assertThatThrownBy(() -> write(library("org.example", "viral", "GPL-3.0-only")))
                .hasMessageContaining("org.example:viral 1.0, licences [GPL-3.0-only]")
                .hasMessageContaining("Take another library");
    }

    @Test
    void a_library_that_names_no_licence_breaks_the_build() {
        assertThatThrownBy(() -> write(library("org.example", "silent")))
                .hasMessageContaining("org.example:silent 1.0, licences []");
    }

    @Test
    void an_exception_lapses_when_the_library_changes_its_licence() {
        assertThatThrownBy(() -> write(library("com.h2database", "h2", "SSPL-1.0")))
                .hasMessageContaining("com.h2database:h2");
    }

    @Test
    void a_licence_whose_text_is_nowhere_breaks_the_build() {
        assertThatThrownBy(() -> write(library("org.example", "bare", "MIT-0")))
                .hasMessageContaining("org.example:bare: it brings no text of its licence");
    }

    @Test
    void a_folder_of_scripts_without_a_line_in_the_table_breaks_the_build() throws Exception {
        Files.createDirectories(directory.resolve("vendor").resolve("unknown"));
        Files.copy(VENDOR.resolve("README.md"), directory.resolve("vendor").resolve("README.md"));

        assertThatThrownBy(() -> VendoredScripts.components(directory.resolve("vendor")))
                .hasMessageContaining("unknown")
                .hasMessageContaining("make them agree");
    }

    private Path write(JsonObject library) throws Exception {
        Path out = directory.resolve("out");
        JsonObject bill = new JsonObject().put("components", new JsonArray().add(library));
        List<JsonObject> scripts = VendoredScripts.components(VENDOR);
        new ShippedSoftware(TEXTS, directory.resolve("none"), out).write(bill, scripts, VENDOR);
        return out;
    }

    private static JsonObject library(String group, String name, String... licences) {
        JsonArray offered = new JsonArray();
        for (String licence : licences) {
            offered.add(new JsonObject().put("license", new JsonObject().put("id", licence)));
        }
        return new JsonObject()
                .put("group", group)
                .put("name", name)
                .put("version", "1.0")
                .put("licenses", offered);
    }
}

package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.manager.http.HttpFixture.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest {

    private final HttpFixture http = new HttpFixture();

    @BeforeEach
    void start() {
        http.serve(WebPages::new);
    }

    @AfterEach
    void end() {
        http.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/queue", "/workers/5852bc5198377351f95d103e", "/tasks/5852bc5198377351f95d103e/log?x=1"})
    void each_page_is_the_one_document_with_headers_that_keep_browsers_safe(String path) {
        Answer answer = http.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("<title>Flamenco Manager</title>");
        assertThat(answer.headers().get("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.headers().get("Content-Security-Policy")).contains("default-src 'self'");
    }

    @Test
    void what_the_document_needs_is_there() {
        Answer page = http.get("/");
        page.text()
                .lines()
                .filter(line -> line.contains("src=\"/") || line.contains("href=\"/"))
                .forEach(line -> {
                    String path = line.replaceAll(".*(?:src|href)=\"([^\"]+)\".*", "$1");
                    assertThat(http.get(path).status()).as(path).isEqualTo(200);
                });
        assertThat(http.get("/favicon.ico").headers().get("Content-Type")).isEqualTo("image/svg+xml");
    }

    @Test
    void browser_that_has_the_file_already_gets_nothing_but_a_yes() {
        String etag = http.get("/assets/style.css").headers().get("ETag");

        Answer again = http.get("/assets/style.css", Map.of("If-None-Match", etag));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body().length()).isZero();
    }

    @Test
    void file_travels_compressed_to_who_accepts_it() throws IOException {
        Answer plain = http.get("/assets/style.css");
        Answer gzip = http.get("/assets/style.css", Map.of("Accept-Encoding", "gzip, br"));

        assertThat(gzip.headers().get("Content-Encoding")).isEqualTo("gzip");
        byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(gzip.body().getBytes())).readAllBytes();
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(plain.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/js",
                "/assets/js/",
                "/assets/none.css",
                "/assets/../manager/index.html",
                "/assets/%2e%2e/manager/index.html",
                "/assets/..%2f..%2fio/flamenco/manager/http/WebPages.class",
                "/vendor/vue/LICENSE",
                "/assets/style.css%00.js",
                "/manager/index.html",
                "/elsewhere"
            })
    void nothing_else_is_served(String path) {
        assertThat(http.get(path).status()).isEqualTo(404);
    }
}

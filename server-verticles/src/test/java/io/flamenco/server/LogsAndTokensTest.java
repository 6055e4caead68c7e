package io.flamenco.server;

import static io.flamenco.server.FarmOfOne.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.server.files.JobPictures;
import io.flamenco.server.token.LinkMac;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsAndTokensTest {

    private static final String UPLOAD = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/attach-task-log/";
    private static final String TOKEN = "/api/flamenco/jwt/generate-token/" + FarmOfOne.MANAGER;

    private final FarmOfOne farm;

    LogsAndTokensTest(@TempDir Path data) throws Exception {
        this.farm = FarmOfOne.in(data);
    }

    @AfterEach
    void close() throws Exception {
        farm.close();
    }

    private HttpResponse<String> upload(String task, String field, String fileName) throws Exception {
        String body = "--edge\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\"" + fileName
                + "\"\r\nContent-Type: text/plain+gzip\r\n\r\nnot really compressed\r\n--edge--\r\n";
        return farm.asManager("POST", UPLOAD + task, body, "Content-Type", "multipart/form-data; boundary=edge");
    }

    @Test
    void a_wanted_log_is_asked_of_the_manager_until_it_comes() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        farm.report(update(task, "completed"));
        assertThat(farm.get("/api/v1/tasks/" + task + "/log.gz").statusCode()).isEqualTo(404);

        assertThat(farm.call("POST", "/api/v1/tasks/" + task + "/request-log", "")
                        .statusCode())
                .as("without credentials")
                .isEqualTo(401);
        assertThat(farm.call("POST", "/api/v1/tasks/" + task + "/request-log", "", farm.asUser())
                        .statusCode())
                .isEqualTo(202);
        JsonObject wanted = new JsonObject().put("job", job).put("task", task);
        assertThat(farm.report("null").getJsonArray("upload_task_file_queue")).containsExactly(wanted);

        HttpResponse<String> uploaded = upload(task, "logfile", "task-" + task + ".txt.gz");

        assertThat(uploaded.statusCode()).isEqualTo(201);
        assertThat(upload(task, "logfile", "again.gz").statusCode()).isEqualTo(200);
        assertThat(farm.report("null").containsKey("upload_task_file_queue")).isFalse();
        String location = uploaded.headers().firstValue("location").orElseThrow();
        assertThat(farm.get(location).body()).isEqualTo("not really compressed");
    }

    @Test
    void a_log_stays_while_its_task_is_queued_again_and_goes_once_a_manager_takes_it() throws Exception {
        String job = farm.submitSleep();
        farm.depsgraph();
        String task = farm.taskIds(job).getFirst();
        farm.report(update(task, "completed"));
        farm.call("POST", "/api/v1/tasks/" + task + "/request-log", "", farm.asUser());
        assertThat(upload(task, "logfile", "whole.gz").statusCode()).isEqualTo(201);

        farm.change("POST", "/api/v1/tasks/" + task + "/requeue", new JsonObject());

        assertThat(farm.get("/api/v1/tasks/" + task + "/log.gz").statusCode()).isEqualTo(200);
        assertThat(FarmOfOne.tasksIn(farm.depsgraph()))
                .anyMatch(taken -> taken.getString("_id").equals(task));
        assertThat(farm.get("/api/v1/tasks/" + task + "/log.gz").statusCode()).isEqualTo(404);
    }

    @Test
    void uploads_that_are_not_what_was_asked_for_are_refused() throws Exception {
        String task = farm.taskIds(farm.submitSleep()).getFirst();

        assertThat(upload(task, "file", "x.gz").statusCode()).isEqualTo(400);
        assertThat(upload(task, "logfile", "x.txt").statusCode()).isEqualTo(400);
        assertThat(upload("5c01000000000000000000aa", "logfile", "x.gz").statusCode())
                .isEqualTo(404);
        assertThat(farm.call("POST", UPLOAD + task, "x", "Content-Type", "multipart/form-data; boundary=edge")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_last_pictures_of_a_job_are_kept_in_order_and_gone_with_it() throws Exception {
        String job = farm.submitSleep();
        String task = farm.taskIds(job).getFirst();
        String path = "/api/flamenco/managers/" + FarmOfOne.MANAGER + "/tasks/" + task + "/picture";
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0};

        String latest = "/api/v1/jobs/" + job + "/pictures/latest";
        assertThat(farm.get(latest).statusCode()).as("before there is one").isEqualTo(204);
        for (int frame = 1; frame <= JobPictures.MOST + 2; frame++) {
            assertThat(farm.sendAsManager(path + "?frame=" + frame, jpeg)).isEqualTo(204);
        }

        List<JsonObject> kept = farm.json("/api/v1/jobs/" + job + "/pictures").getJsonArray("pictures").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(kept)
                .extracting(one -> one.getInteger("frame"))
                .hasSize(JobPictures.MOST)
                .endsWith(49, 50);
        HttpResponse<String> picture = farm.get(kept.getLast().getString("url"));
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("content-type")).contains("image/jpeg");
        String etag = farm.get(latest).headers().firstValue("etag").orElseThrow();
        assertThat(kept.getLast().getString("url")).endsWith("/" + etag.replace("\"", ""));
        assertThat(farm.get(latest, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(farm.sendAsManager(path, "<script>".getBytes(StandardCharsets.UTF_8)))
                .as("no picture")
                .isEqualTo(415);
        assertThat(farm.sendAsManager(path + "?frame=..", jpeg)).isEqualTo(400);
        assertThat(farm.get("/api/v1/jobs/" + job + "/pictures/..%2Fapi-token").statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_token_can_be_checked_with_the_public_key() throws Exception {
        HttpResponse<String> keys = farm.get("/api/flamenco/jwt/public-keys");
        assertThat(keys.body()).startsWith("-----BEGIN PUBLIC KEY-----\n").endsWith("-----END PUBLIC KEY-----\n");
        String since = keys.headers().firstValue("last-modified").orElseThrow();
        assertThat(farm.get("/api/flamenco/jwt/public-keys", "If-Modified-Since", since)
                        .statusCode())
                .isEqualTo(304);

        HttpResponse<String> answer = farm.get(TOKEN, farm.asUser());

        assertThat(answer.statusCode()).isEqualTo(200);
        List<String> parts = List.of(answer.body().split("\\."));
        assertThat(verified(keys.body(), parts)).isTrue();
        JsonObject claims =
                new JsonObject(new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8));
        assertThat(claims.getString("aud")).isEqualTo(FarmOfOne.MANAGER);
        assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(4 * 3600);
        assertThat(claims.getJsonArray("roles")).containsExactly("admin");
    }

    private static boolean verified(String pem, List<String> parts) throws Exception {
        String body = pem.replaceAll("-----[A-Z ]+-----", "");
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(body))));
        signature.update((parts.get(0) + "." + parts.get(1)).getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)));
    }

    @Test
    void strangers_get_no_token_and_pages_of_a_manager_may_ask() throws Exception {
        HttpResponse<String> refused = farm.get(TOKEN, "Origin", "http://manager.studio");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.headers().firstValue("access-control-allow-origin")).contains("http://manager.studio");
        assertThat(farm.get(TOKEN).headers().firstValue("access-control-allow-origin"))
                .isEmpty();
    }

    @Test
    void a_page_of_a_manager_gets_a_token_for_who_is_logged_in_when_it_proves_whose_it_is() throws Exception {
        String session = farm.session("ana", "artist", "a password of ana");
        String soon = Instant.now(Clock.systemUTC())
                .plusSeconds(30)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        String late = Instant.now(Clock.systemUTC())
                .plusSeconds(2_000)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();

        HttpResponse<String> answer = withSession(session, soon, FarmOfOne.SECRET);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        String claims =
                new String(Base64.getUrlDecoder().decode(answer.body().split("\\.")[1]), StandardCharsets.UTF_8);
        assertThat(new JsonObject(claims).getJsonArray("roles")).containsExactly("artist");
        assertThat(new JsonObject(claims).getString("name")).isEqualTo("ana");
        assertThat(withSession(session, soon, FarmOfOne.OTHER_SECRET).statusCode())
                .isEqualTo(401);
        assertThat(withSession(session, "2019-01-02T15:04:05Z", FarmOfOne.SECRET)
                        .statusCode())
                .isEqualTo(401);
        assertThat(withSession(session, late, FarmOfOne.SECRET).statusCode()).isEqualTo(401);
        assertThat(withSession("flamenco-session=x", soon, FarmOfOne.SECRET).statusCode())
                .isEqualTo(403);
        assertThat(LinkMac.of(
                        "SRVexampletoken".getBytes(StandardCharsets.UTF_8),
                        "2019-01-02T15:04:05Z-5c0100000000000000000002"))
                .as("as in the protocol")
                .isEqualTo("785010f9b7b2c9e23bc279ea01727ccc93e315e557317a61af243dbf9a83dd32");
    }

    private HttpResponse<String> withSession(String cookie, String expires, String secret) throws Exception {
        String hmac = LinkMac.of(secret.getBytes(StandardCharsets.UTF_8), expires + "-" + FarmOfOne.MANAGER);
        return farm.get(
                TOKEN + "?expires=" + URLEncoder.encode(expires, StandardCharsets.UTF_8) + "&hmac=" + hmac,
                "Cookie",
                cookie,
                "Origin",
                "http://manager.studio");
    }
}

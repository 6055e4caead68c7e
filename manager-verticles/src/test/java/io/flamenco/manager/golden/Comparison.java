package io.flamenco.manager.golden;

import io.flamenco.manager.golden.Exchange.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What of our answer is not as recorded; ids, ports and times differ from run to run and do not count. */
final class Comparison {

    private static final List<String> HEADERS = List.of(
            "WWW-Authenticate",
            "Location",
            "Content-Disposition",
            "Content-Encoding",
            "Cache-Control",
            "Accept-Ranges");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)");
    private static final Pattern PORT = Pattern.compile("(?<=127\\.0\\.0\\.1):\\d+");

    /** These depend on the moment: how much has been sent to the Server, and which program answers. */
    private static final Set<String> OF_THE_MOMENT = Set.of("upstream_queue_size", "version");

    /** So many characters of a text were kept at most, unless all of it was needed. */
    private static final int MOST_KEPT = 1500;

    private Comparison() {}

    /** One line for each thing that differs, such as {@code status: 400 instead of 204}; none when nothing does. */
    static List<String> differences(Answer ours, Answer theirs) {
        List<String> differences = new ArrayList<>();
        compare("status", ours.status(), theirs.status(), differences);
        for (String header : HEADERS) {
            compare(header, plain(ours.header(header)), plain(theirs.header(header)), differences);
        }
        if (!theirs.body().isEmpty()) {
            compare("Content-Type", kind(ours), kind(theirs), differences);
        }
        compare("body", body(cut(ours, theirs)), body(theirs), differences);
        return differences;
    }

    /** Of long answers only the beginning was kept. */
    private static Answer cut(Answer ours, Answer theirs) {
        int kept = theirs.body().length();
        boolean whole = kept != MOST_KEPT || ours.body().length() < kept;
        return whole
                ? ours
                : new Answer(ours.status(), ours.headers(), ours.body().substring(0, kept));
    }

    private static void compare(String what, @Nullable Object ours, @Nullable Object theirs, List<String> differences) {
        if (ours instanceof Map<?, ?> mine && theirs instanceof Map<?, ?> other) {
            Set<Object> keys = new TreeSet<>(mine.keySet());
            keys.addAll(other.keySet());
            keys.forEach(key -> compare(what + "." + key, mine.get(key), other.get(key), differences));
        } else if (!Objects.equals(ours, theirs)) {
            differences.add(what + ": " + ours + " instead of " + theirs);
        }
    }

    private static String kind(Answer answer) {
        return answer.header("Content-Type").replaceAll(";.*", "");
    }

    private static String plain(String text) {
        return TIME.matcher(PORT.matcher(text).replaceAll(":PORT")).replaceAll("TIME");
    }

    private static Object body(Answer answer) {
        String body = answer.body();
        if (body.startsWith("base64:H4s")) {
            return plain(unzipped(body.substring("base64:".length())));
        }
        if (body.startsWith("Unable to decode JSON: ") && body.endsWith("\n")) {
            return "Unable to decode JSON: WHY";
        }
        if (kind(answer).equals("application/problem+json")) {
            return new JsonObject(body).getString("detail");
        }
        return body.startsWith("{") && body.endsWith("}\n") ? tree(new JsonObject(body)) : plain(body);
    }

    private static @Nullable Object tree(@Nullable Object value) {
        return switch (value) {
            case JsonObject object -> tree(object);
            case JsonArray list when isOfWorkers(list) -> byId(list);
            case JsonArray list -> plain(list.encode());
            case String text -> plain(text);
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> tree(JsonObject object) {
        Map<String, @Nullable Object> tree = new TreeMap<>();
        object.forEach(entry -> {
            if (!OF_THE_MOMENT.contains(entry.getKey())) {
                tree.put(entry.getKey(), tree(entry.getValue()));
            }
        });
        return tree;
    }

    private static boolean isOfWorkers(JsonArray list) {
        return !list.isEmpty() && list.getValue(0) instanceof JsonObject first && first.containsKey("nickname");
    }

    private static Map<String, @Nullable Object> byId(JsonArray workers) {
        Map<String, @Nullable Object> byId = new TreeMap<>();
        for (int place = 0; place < workers.size(); place++) {
            JsonObject worker = workers.getJsonObject(place).copy().put("place", place);
            byId.put(worker.getString("_id"), tree(worker));
        }
        return byId;
    }

    private static String unzipped(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        try (GZIPInputStream text = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.flamenco.e2e;

import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;

/** A day that a farm could have had: its load, and what each Worker did, as the Manager would answer. */
final class MadeUpDay {

    private static final int DAY_MINUTES = 1440;
    private static final int SAMPLE_MINUTES = 4;
    private static final int KNOWN = 8;

    private MadeUpDay() {}

    /** Less is awake in the early morning; almost all who are awake work. */
    static JsonArray load() {
        JsonArray samples = new JsonArray();
        Random random = new Random(1);
        for (int ago = DAY_MINUTES; ago > 0; ago -= SAMPLE_MINUTES) {
            int awake = ago > 700 && ago < 1000 ? 3 : 6;
            int working = Math.max(0, awake - random.nextInt(3));
            samples.add(new JsonObject()
                    .put("at", at(ago))
                    .put("known", KNOWN)
                    .put("awake", awake)
                    .put("working", working));
        }
        return samples;
    }

    /** Tasks of half an hour or so, some failed, now and then a rest. */
    static JsonObject of(Route route) {
        String query = route.request().url();
        int minutes = Integer.parseInt(query.replaceAll(".*minutes=(\\d+).*", "$1"));
        JsonObject workers = new JsonObject();
        String[] ids = query.replaceAll(".*ids=([^&]*).*", "$1").split("%2C|,", -1);
        Arrays.stream(ids).filter(id -> !id.isEmpty()).forEach(id -> workers.put(id, spans(id, minutes)));
        return new JsonObject().put("since", at(minutes)).put("workers", workers);
    }

    private static JsonArray spans(String id, int minutes) {
        JsonArray spans = new JsonArray();
        Random random = new Random(id.hashCode());
        for (int ago = minutes; ago > 0; ) {
            int length = Math.min(ago, 5 + random.nextInt(Math.max(1, minutes / 12)));
            int what = random.nextInt(10);
            String kind = what == 0 ? "asleep" : what < 3 ? "awake" : "task";
            spans.add(new JsonObject()
                    .put("from", at(ago))
                    .put("until", at(ago - length))
                    .put("kind", kind)
                    .put("task_id", "%024x".formatted(ago))
                    .put("name", "render-%04d".formatted(ago))
                    .put("outcome", what == 9 ? "soft-failed" : "completed"));
            ago -= length;
        }
        return spans;
    }

    private static String at(int minutesAgo) {
        return Instant.now().minus(Duration.ofMinutes(minutesAgo)).toString();
    }
}

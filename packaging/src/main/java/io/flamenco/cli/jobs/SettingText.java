package io.flamenco.cli.jobs;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;

/** The value of a setting as somebody types it. */
public final class SettingText {

    private SettingText() {}

    /** What the text means as JSON, such as a number or a list; the text itself when it is none or a date of sorts. */
    public static Object value(String text) {
        if (text.isEmpty() || !looksLikeJson(text)) {
            return text;
        }
        try {
            Object value = Json.decodeValue(text);
            return value == null ? text : value;
        } catch (DecodeException noJson) {
            return text;
        }
    }

    private static boolean looksLikeJson(String text) {
        return text.equals("true")
                || text.equals("false")
                || text.matches("-?(0|[1-9]\\d*)(\\.\\d+)?")
                || text.matches("(?s)[\\[{\"].*");
    }
}

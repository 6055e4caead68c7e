package io.flamenco.mongo;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Conversions between Java values and the forms in which {@code vertx-mongo-client} carries the BSON types that JSON does
 * not have. An object id travels as {@code {"$oid": "<24 hex digits>"}}, a date as {@code {"$date": "<ISO 8601>"}} and bytes
 * as {@code {"$binary": ..., "$type": 0}}; the client makes real BSON values of them and gives the same forms back.
 *
 * <p>Nothing is converted behind the caller's back: the client is opened with {@code useObjectId} off, so an {@code _id} or a
 * reference is an object id exactly when it was written with {@link #oid}. An insert without {@code _id} would get a
 * <em>string</em> id from the client; write {@link #freshOid()} instead. For the same reason an upsert through
 * {@code updateCollectionWithOptions} works with string ids only, since the client adds the id to it as a string: upsert with
 * {@code bulkWrite}, {@code replaceDocuments} or {@code findOneAndUpdate}, which leave it alone.
 */
public final class Bson {
    private static final String OID = "$oid";
    private static final String DATE = "$date";
    private static final String BINARY = "$binary";
    private static final String TYPE = "$type";
    private static final int HEX_DIGITS = 24;

    private Bson() {}

    /**
     * The object id with these digits.
     *
     * @param hex 24 hexadecimal digits, in upper or lower case
     * @throws IllegalArgumentException when {@code hex} is anything else
     */
    public static JsonObject oid(String hex) {
        if (!validHex(hex)) {
            throw new IllegalArgumentException("\"" + hex + "\" is no object id: it takes 24 hexadecimal digits");
        }
        return new JsonObject().put(OID, hex);
    }

    /** An object id that was never used before, made as a MongoDB client makes it. */
    public static JsonObject freshOid() {
        return oid(new ObjectId().toHexString());
    }

    /** Whether {@code hex} consists of the 24 hexadecimal digits of an object id. */
    public static boolean validHex(@Nullable String hex) {
        if (hex == null || hex.length() != HEX_DIGITS) {
            return false;
        }
        for (int at = 0; at < HEX_DIGITS; at++) {
            if (!HexFormat.isHexDigit(hex.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The digits of an object id that came from the database, in lower case.
     *
     * @param value the value of a field as the client gave it; a plain string of 24 hexadecimal digits is accepted too
     * @throws IllegalArgumentException when it is neither, or absent
     */
    public static String hex(@Nullable Object value) {
        if (value instanceof JsonObject json && json.getValue(OID) instanceof String hex) {
            return hex;
        }
        if (value instanceof String hex && validHex(hex)) {
            return hex;
        }
        throw new IllegalArgumentException("Expected an object id but the database holds " + value);
    }

    /** As {@link #hex}, or {@code null} when the field is absent or null. */
    public static @Nullable String hexOrNull(@Nullable Object value) {
        return value == null ? null : hex(value);
    }

    /** The date at {@code instant}, cut to the milliseconds that BSON keeps. */
    public static JsonObject date(Instant instant) {
        return new JsonObject().put(DATE, instant.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * The instant of a date that came from the database.
     *
     * @throws IllegalArgumentException when the value is no date, or absent
     */
    public static Instant instant(@Nullable Object value) {
        var date = value instanceof JsonObject json ? json.getValue(DATE) : null;
        if (date instanceof Instant instant) {
            return instant;
        }
        if (date instanceof String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("\"" + text + "\" is no date", e);
            }
        }
        throw new IllegalArgumentException("Expected a date but the database holds " + value);
    }

    /** As {@link #instant}, or {@code null} when the field is absent or null. */
    public static @Nullable Instant instantOrNull(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    /** Bytes, as BSON binary of the generic subtype; for everything but the updates of a bulk write. */
    public static JsonObject binary(byte[] bytes) {
        return new JsonObject().put(BINARY, bytes.clone()).put(TYPE, 0);
    }

    /**
     * Bytes inside the update or the filter of a {@code BulkOperation}. The client sends those through MongoDB's extended
     * JSON, which spells bytes differently from the form that {@link #binary} makes.
     */
    public static JsonObject binaryInBulkUpdate(byte[] bytes) {
        return new JsonObject()
                .put(
                        BINARY,
                        new JsonObject()
                                .put("base64", Base64.getEncoder().encodeToString(bytes))
                                .put("subType", "00"));
    }

    /**
     * The bytes of a binary value that came from the database.
     *
     * @throws IllegalArgumentException when the value is not binary, or absent
     */
    public static byte[] bytes(@Nullable Object value) {
        if (value instanceof JsonObject json && json.containsKey(BINARY)) {
            byte[] bytes = json.getBinary(BINARY);
            if (bytes != null) {
                return bytes.clone();
            }
        }
        throw new IllegalArgumentException("Expected bytes but the database holds " + value);
    }
}

package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.LegacyUUID;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds keys whose order as unsigned bytes is the order that MongoDB gives to the values in them.
 *
 * <p>A value is a tag for its type, in the order of types, and then its content. No encoded value is the beginning of another one
 * (strings end with a mark, lengths come first), so several can follow each other, and a descending field is simply all of its bits
 * inverted. Numbers of all types compare as numbers: eight bytes for the nearest double, and behind that what the double could not
 * hold. An absent field and null are the same, as they are in MongoDB's indexes.
 */
final class KeyBytes {
    static final byte TAG_NULL = 0x04;
    static final byte TAG_NUMBER = 0x06;
    static final byte TAG_STRING = 0x08;
    static final byte TAG_OBJECT_ID = 0x10;
    static final byte TAG_BOOLEAN = 0x12;
    static final byte TAG_DATE = 0x14;

    private static final byte TAG_MIN_KEY = 0x01;
    private static final byte TAG_EMPTY_ARRAY = 0x02;
    private static final byte TAG_DOCUMENT = 0x0a;
    private static final byte TAG_ARRAY = 0x0c;
    private static final byte TAG_BINARY = 0x0e;
    private static final byte TAG_TIMESTAMP = 0x16;
    private static final byte TAG_REGEX = 0x18;
    private static final byte TAG_CODE = 0x1a;
    private static final byte TAG_MAX_KEY = 0x7e;

    private static final byte END = 0x00;
    private static final byte END_OF_STRING = 0x01;
    private static final byte ESCAPED_ZERO = (byte) 0xff;
    private static final byte EXACT = (byte) 0x80;
    private static final byte BELOW = 0x7f;
    private static final byte ABOVE = (byte) 0x81;
    private static final double TWO_TO_THE_63 = 0x1p63;

    /** Stands for an array without elements, which sorts before null. */
    static final Object EMPTY_ARRAY = new Object() {
        @Override
        public String toString() {
            return "[]";
        }
    };

    private byte[] bytes = new byte[48];
    private int size;

    /** Appends a value in ascending order. */
    KeyBytes append(@Nullable Object value) {
        switch (value) {
            case null -> append(TAG_NULL);
            case Missing missing -> append(TAG_NULL);
            case ObjectId id -> append(TAG_OBJECT_ID).append(id.toByteArray());
            case String text -> append(TAG_STRING).appendText(text);
            case Number number -> append(TAG_NUMBER).appendNumber(number);
            case Instant instant -> append(TAG_DATE).appendSigned(instant.toEpochMilli());
            case Boolean flag -> append(TAG_BOOLEAN).append(flag ? (byte) 1 : (byte) 0);
            case Document document -> append(TAG_DOCUMENT).appendFields(document);
            case Collection<?> list -> append(TAG_ARRAY).appendElements(list);
            case BinData data -> appendBinary((byte) 0, data.getData());
            case LegacyUUID uuid -> appendBinary((byte) 3, bytesOf(uuid.getUuid()));
            case UUID uuid -> appendBinary((byte) 4, bytesOf(uuid));
            case BsonTimestamp timestamp -> append(TAG_TIMESTAMP).appendUnsigned(timestamp.getValue());
            case BsonRegularExpression regex ->
                append(TAG_REGEX).appendText(regex.getPattern()).appendText(String.valueOf(regex.getOptions()));
            case BsonJavaScript code -> append(TAG_CODE).appendText(code.getCode());
            case MinKey min -> append(TAG_MIN_KEY);
            case MaxKey max -> append(TAG_MAX_KEY);
            default -> {
                if (value != EMPTY_ARRAY) {
                    throw new IllegalArgumentException("can't order a value of " + value.getClass());
                }
                append(TAG_EMPTY_ARRAY);
            }
        }
        return this;
    }

    /** Appends a value in the direction of an index field or of a sort. */
    KeyBytes append(@Nullable Object value, boolean ascending) {
        int from = size;
        append(value);
        return ascending ? this : invertFrom(from);
    }

    /** Appends what was encoded before, in the given direction. */
    KeyBytes appendEncoded(byte[] encoded, boolean ascending) {
        int from = size;
        append(encoded);
        return ascending ? this : invertFrom(from);
    }

    /** The tag under which values compare with {@code value}, for the ends of an open range. */
    static byte[] tagOf(byte[] encoded) {
        return new byte[] {encoded[0]};
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private KeyBytes invertFrom(int from) {
        for (int at = from; at < size; at++) {
            bytes[at] = (byte) ~bytes[at];
        }
        return this;
    }

    private KeyBytes appendNumber(Number number) {
        double nearest = number.doubleValue();
        if (Double.isNaN(nearest)) {
            return appendUnsigned(0).append(EXACT);
        }
        appendDouble(nearest);
        if (number instanceof Long exact) {
            return appendRest(nearest == TWO_TO_THE_63 ? exact + Long.MIN_VALUE : exact - (long) nearest);
        }
        if (number instanceof Decimal128 decimal && !Double.isInfinite(nearest)) {
            return appendRest(decimal.toBigDecimal().subtract(new BigDecimal(nearest)));
        }
        return append(EXACT);
    }

    private KeyBytes appendRest(long rest) {
        return rest == 0 ? append(EXACT) : append(rest < 0 ? BELOW : ABOVE).appendSigned(rest);
    }

    private KeyBytes appendRest(BigDecimal rest) {
        return rest.signum() == 0
                ? append(EXACT)
                : append(rest.signum() < 0 ? BELOW : ABOVE).appendDouble(rest.doubleValue());
    }

    /** The bits of a double order like it once the sign is flipped, and all of them for negative ones. */
    private KeyBytes appendDouble(double value) {
        long bits = Double.doubleToLongBits(value == 0.0 ? 0.0 : value);
        return appendUnsigned(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    private KeyBytes appendSigned(long value) {
        return appendUnsigned(value ^ Long.MIN_VALUE);
    }

    private KeyBytes appendUnsigned(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    private KeyBytes appendText(String text) {
        for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
            append(part);
            if (part == END) {
                append(ESCAPED_ZERO);
            }
        }
        return append(END).append(END_OF_STRING);
    }

    private KeyBytes appendFields(Document document) {
        for (var field : document.entrySet()) {
            var value = new KeyBytes().append(field.getValue()).toBytes();
            append(value[0]).appendText(field.getKey()).append(value);
        }
        return append(END);
    }

    private KeyBytes appendElements(Collection<?> elements) {
        elements.forEach(this::append);
        return append(END);
    }

    private KeyBytes appendBinary(byte subtype, byte[] data) {
        append(TAG_BINARY);
        for (int shift = 24; shift >= 0; shift -= 8) {
            append((byte) (data.length >>> shift));
        }
        return append(subtype).append(data);
    }

    private static byte[] bytesOf(UUID uuid) {
        return new KeyBytes()
                .appendUnsigned(uuid.getMostSignificantBits())
                .appendUnsigned(uuid.getLeastSignificantBits())
                .toBytes();
    }

    private KeyBytes append(byte part) {
        reserve(1);
        bytes[size++] = part;
        return this;
    }

    private KeyBytes append(byte[] part) {
        reserve(part.length);
        System.arraycopy(part, 0, bytes, size, part.length);
        size += part.length;
        return this;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}

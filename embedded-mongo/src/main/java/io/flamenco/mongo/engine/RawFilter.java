package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the bytes of a document that it cannot match, before anybody decodes it: a search that no index answers spends
 * nearly all of its time on decoding what it then throws away.
 *
 * <p>It understands texts and ids that a field must equal or be one of, and patterns that a text must contain. Whatever else a
 * query says, and whatever else a field holds, is left to the matcher, so a document that passes may still fail the query, but
 * never the other way round.
 */
final class RawFilter {

    private static final int HEADER_BYTES = 4;
    private static final int TEXT = 0x02;
    private static final int ARRAY = 0x04;
    private static final int OBJECT_ID = 0x07;
    private static final int SYMBOL = 0x0E;
    private static final int ID_BYTES = 12;

    private final List<Check> checks = new ArrayList<>();

    /** Leaves out what cannot match this query. */
    RawFilter(Document query) {
        add(query);
    }

    /** What one field must fulfil. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Check(byte[] name, Test test) {}

    /** Whether a value may be what is asked for. */
    private interface Test {
        boolean passes(int type, byte[] document, int start, int length);
    }

    /** Whether the document has to be looked at more closely. */
    boolean mayMatch(byte[] document) {
        for (Check check : checks) {
            if (!passes(check, document)) {
                return false;
            }
        }
        return true;
    }

    private void add(Document query) {
        query.forEach((name, value) -> {
            if (name.equals("$and") && value instanceof Collection<?> all) {
                all.stream()
                        .filter(Document.class::isInstance)
                        .map(Document.class::cast)
                        .forEach(this::add);
            } else if (!name.startsWith("$") && name.indexOf('.') < 0) {
                Test test = test(value);
                if (test != null) {
                    checks.add(new Check(name.getBytes(StandardCharsets.UTF_8), test));
                }
            }
        });
    }

    private static @Nullable Test test(@Nullable Object value) {
        return switch (value) {
            case String text -> oneOf(List.of(text));
            case ObjectId id -> oneOf(List.of(id));
            case BsonRegularExpression regex -> pattern(regex.getPattern(), regex.getOptions());
            case Document operators
            when operators.containsKey("$regex") && operators.get("$regex") instanceof String p ->
                pattern(p, operators.get("$options"));
            case Document operators when operators.get("$in") instanceof Collection<?> values -> oneOf(values);
            case null, default -> null;
        };
    }

    private static @Nullable Test pattern(String pattern, @Nullable Object options) {
        boolean plain = options == null || "".equals(options);
        if (!plain && !"i".equals(options)) {
            return null;
        }
        try {
            Pattern compiled = Pattern.compile(pattern, plain ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            return (type, document, start, length) -> type == TEXT
                    && compiled.matcher(text(document, start, length)).find();
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static @Nullable Test oneOf(Collection<?> values) {
        Set<ByteBuffer> texts = new HashSet<>();
        Set<ByteBuffer> ids = new HashSet<>();
        for (Object value : values) {
            switch (value) {
                case String text -> texts.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                case ObjectId id -> ids.add(ByteBuffer.wrap(id.toByteArray()));
                case null, default -> {
                    return null;
                }
            }
        }
        return (type, document, start, length) -> switch (type) {
            case TEXT -> texts.contains(ByteBuffer.wrap(document, start + HEADER_BYTES, length - HEADER_BYTES - 1));
            case OBJECT_ID -> ids.contains(ByteBuffer.wrap(document, start, length));
            default -> false;
        };
    }

    private static String text(byte[] document, int start, int length) {
        return new String(document, start + HEADER_BYTES, length - HEADER_BYTES - 1, StandardCharsets.UTF_8);
    }

    private static boolean passes(Check check, byte[] document) {
        ByteBuffer bytes = ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN);
        int at = HEADER_BYTES;
        while (at < document.length && document[at] != 0) {
            int type = document[at];
            int nameEnd = endOfName(document, at + 1);
            int start = nameEnd + 1;
            int length = length(type, bytes, start);
            if (length < 0) {
                return true;
            }
            if (Arrays.equals(check.name(), 0, check.name().length, document, at + 1, nameEnd)) {
                return type == ARRAY || type == SYMBOL || check.test().passes(type, document, start, length);
            }
            at = start + length;
        }
        return false;
    }

    private static int endOfName(byte[] document, int from) {
        int end = from;
        while (document[end] != 0) {
            end++;
        }
        return end;
    }

    /** How many bytes a value takes; negative for a type that is not known here. */
    private static int length(int type, ByteBuffer bytes, int start) {
        return switch (type) {
            case 0x06, 0x0A, 0x7F, -1 -> 0;
            case 0x08 -> 1;
            case 0x10 -> 4;
            case 0x01, 0x09, 0x11, 0x12 -> 8;
            case OBJECT_ID -> ID_BYTES;
            case TEXT, SYMBOL -> HEADER_BYTES + bytes.getInt(start);
            case 0x03, ARRAY -> bytes.getInt(start);
            case 0x05 -> HEADER_BYTES + 1 + bytes.getInt(start);
            default -> -1;
        };
    }
}

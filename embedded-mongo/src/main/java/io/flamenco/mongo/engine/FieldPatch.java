package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code $set} of whole fields of a document, carried out on its bytes: what is not set is copied as it is, however much that may
 * be. Everything else about updates is left to the library, which takes a document apart and puts it together again.
 */
final class FieldPatch {
    private static final int LENGTH_BYTES = 4;

    private final Map<String, byte[]> elements;

    private FieldPatch(Map<String, byte[]> elements) {
        this.elements = elements;
    }

    /** The patch that does the same as this update, if there is one. */
    static Optional<FieldPatch> of(Document update, DocumentBytes codec) {
        if (update.size() != 1 || !(update.get("$set") instanceof Document fields) || fields.isEmpty()) {
            return Optional.empty();
        }
        Map<String, byte[]> elements = new LinkedHashMap<>();
        for (var field : fields.entrySet()) {
            if (!isPlain(field.getKey())) {
                return Optional.empty();
            }
            elements.put(field.getKey(), element(field.getKey(), field.getValue(), codec));
        }
        Utils.validateFieldNames(fields);
        return Optional.of(new FieldPatch(elements));
    }

    /** The names of the fields that are set. */
    Set<String> fields() {
        return elements.keySet();
    }

    /** The document with the fields set: those that it has in their places, others behind them. */
    byte[] apply(byte[] document) {
        var reader = new Elements(document);
        var missing = new LinkedHashMap<>(elements);
        var patched = new byte[document.length + length(elements)];
        int size = LENGTH_BYTES;
        while (reader.next()) {
            var other = missing.remove(reader.name());
            size = other == null
                    ? copy(document, reader.from, reader.to - reader.from, patched, size)
                    : copy(other, 0, other.length, patched, size);
        }
        for (var element : missing.values()) {
            size = copy(element, 0, element.length, patched, size);
        }
        var whole = new byte[size + 1];
        System.arraycopy(patched, 0, whole, 0, size);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(0, whole.length);
        return whole;
    }

    /** Nothing but these fields of a document, as far as it has them. */
    static Document pick(byte[] document, Set<String> names) {
        var picked = new Document();
        var reader = new Elements(document);
        while (reader.next()) {
            if (names.contains(reader.name())) {
                picked.put(reader.name(), reader.value());
            }
        }
        return picked;
    }

    private static boolean isPlain(String field) {
        return !field.isEmpty() && !field.equals("_id") && field.indexOf('.') < 0 && field.charAt(0) != '$';
    }

    private static byte[] element(String name, @Nullable Object value, DocumentBytes codec) {
        var whole = codec.encode(new Document(name, value));
        return Arrays.copyOfRange(whole, LENGTH_BYTES, whole.length - 1);
    }

    private static int length(Map<String, byte[]> elements) {
        return elements.values().stream().mapToInt(element -> element.length).sum();
    }

    private static int copy(byte[] from, int at, int length, byte[] to, int size) {
        System.arraycopy(from, at, to, size, length);
        return size + length;
    }

    /** Walks over the elements of a document without looking into them. */
    private static final class Elements {
        private final byte[] bytes;
        private final ByteBuffer numbers;
        private int from;
        private int nameEnd;
        private int to = LENGTH_BYTES;

        Elements(byte[] bytes) {
            this.bytes = bytes;
            this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        boolean next() {
            from = to;
            if (bytes[from] == 0) {
                return false;
            }
            nameEnd = endOfText(from + 1);
            to = nameEnd + lengthOfValue(bytes[from], nameEnd);
            return true;
        }

        String name() {
            return new String(bytes, from + 1, nameEnd - from - 2, StandardCharsets.UTF_8);
        }

        Object value() {
            return BsonDecoder.decodeValue(bytes[from], Unpooled.wrappedBuffer(bytes, nameEnd, to - nameEnd));
        }

        private int endOfText(int start) {
            int at = start;
            while (bytes[at] != 0) {
                at++;
            }
            return at + 1;
        }

        /** As the BSON specification, version 1.1, has it. */
        private int lengthOfValue(byte type, int at) {
            return switch (type) {
                case 0x01, 0x09, 0x11, 0x12 -> 8;
                case 0x02, 0x0D, 0x0E -> 4 + numbers.getInt(at);
                case 0x03, 0x04, 0x0F -> numbers.getInt(at);
                case 0x05 -> 5 + numbers.getInt(at);
                case 0x06, 0x0A, 0x7F, -1 -> 0;
                case 0x07 -> 12;
                case 0x08 -> 1;
                case 0x0B -> endOfText(endOfText(at)) - at;
                case 0x0C -> 16 + numbers.getInt(at);
                case 0x10 -> 4;
                case 0x13 -> 16;
                default -> throw new IllegalStateException("a value of the unknown BSON type " + type);
            };
        }
    }
}

package io.flamenco.mongo.storage;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A run of changes that is replayed whole or not at all. In the file: the length of the payload (4 bytes), the CRC-32C of number
 * and payload (4), the number of the frame (8), the payload. The payload is a list of changes; each is its kind (1), the place of
 * its map in the frame's own list of names (2), at first use the name, then lengths (4) and bytes of key and value.
 */
final class Frame {
    static final int HEADER_BYTES = 16;
    /** No frame is longer: room for the largest document and its index entries. */
    static final int MAX_PAYLOAD_BYTES = 256 << 20;

    private static final int CRC_OFFSET = 4;
    private static final int NUMBER_OFFSET = 8;
    private static final byte PUT = 1;
    private static final byte REMOVE = 2;
    private static final byte DROP = 3;

    private final Map<String, Short> names = new HashMap<>();
    private byte[] bytes = new byte[16 << 10];
    private int size = HEADER_BYTES;

    /** What the changes of a frame are applied to. */
    interface Target {
        void put(String map, byte[] key, byte[] value);

        void remove(String map, byte[] key);

        void drop(String map);
    }

    boolean isEmpty() {
        return size == HEADER_BYTES;
    }

    int size() {
        return size;
    }

    void put(String map, byte[] key, byte[] value) {
        begin(PUT, map);
        append(key);
        append(value);
    }

    void remove(String map, byte[] key) {
        begin(REMOVE, map);
        append(key);
    }

    void drop(String map) {
        begin(DROP, map);
    }

    /** The finished bytes under this number; the frame is empty afterwards. */
    byte[] seal(long number) {
        var header = ByteBuffer.wrap(bytes);
        header.putInt(0, size - HEADER_BYTES).putLong(NUMBER_OFFSET, number);
        header.putInt(CRC_OFFSET, checksum(bytes, NUMBER_OFFSET, size - NUMBER_OFFSET));
        var sealed = Arrays.copyOf(bytes, size);
        names.clear();
        size = HEADER_BYTES;
        return sealed;
    }

    static int checksum(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Applies the payload of a frame whose checksum was found right. */
    static void apply(ByteBuffer payload, Target target) throws BufferUnderflowException {
        List<String> names = new ArrayList<>();
        while (payload.hasRemaining()) {
            byte kind = payload.get();
            int place = payload.getShort();
            if (place == names.size()) {
                names.add(new String(read(payload), StandardCharsets.UTF_8));
            }
            var map = names.get(place);
            switch (kind) {
                case PUT -> target.put(map, read(payload), read(payload));
                case REMOVE -> target.remove(map, read(payload));
                case DROP -> target.drop(map);
                default -> throw new IllegalStateException("a change of the unknown kind " + kind);
            }
        }
    }

    private static byte[] read(ByteBuffer payload) {
        var read = new byte[payload.getInt()];
        payload.get(read);
        return read;
    }

    private void begin(byte kind, String map) {
        var place = names.get(map);
        reserve(3);
        bytes[size] = kind;
        ByteBuffer.wrap(bytes).putShort(size + 1, place != null ? place : (short) names.size());
        size += 3;
        if (place == null) {
            names.put(map, (short) names.size());
            append(map.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void append(byte[] part) {
        reserve(4 + part.length);
        ByteBuffer.wrap(bytes).putInt(size, part.length);
        System.arraycopy(part, 0, bytes, size + 4, part.length);
        size += 4 + part.length;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}

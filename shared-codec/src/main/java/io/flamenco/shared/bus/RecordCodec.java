package io.flamenco.shared.bus;

import io.flamenco.shared.wire.WireJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;

/**
 * Carries any record of ours: by reference within the process, as class name and JSON between processes.
 *
 * <p>Only classes of this project are ever made from what comes over the network.
 */
final class RecordCodec implements MessageCodec<Record, Record> {

    static final String NAME = "flamenco-record";
    private static final String OURS = "io.flamenco.";

    @Override
    public void encodeToWire(Buffer buffer, Record message) {
        byte[] type = message.getClass().getName().getBytes(StandardCharsets.UTF_8);
        Buffer body = WireJson.write(message);
        buffer.appendInt(type.length).appendBytes(type).appendInt(body.length()).appendBuffer(body);
    }

    @Override
    public Record decodeFromWire(int position, Buffer buffer) {
        int typeAt = position + Integer.BYTES;
        int bodyLengthAt = typeAt + buffer.getInt(position);
        int bodyAt = bodyLengthAt + Integer.BYTES;
        String type = buffer.getString(typeAt, bodyLengthAt);
        return WireJson.read(buffer.getBytes(bodyAt, bodyAt + buffer.getInt(bodyLengthAt)), recordClass(type));
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    private static Class<? extends Record> recordClass(String name) {
        if (!name.startsWith(OURS)) {
            throw new IllegalArgumentException("a message of the foreign type " + name + " was refused");
        }
        try {
            return Class.forName(name, false, RecordCodec.class.getClassLoader())
                    .asSubclass(Record.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "message type " + name + " is not known here: do all nodes run the same version?", e);
        }
    }
}

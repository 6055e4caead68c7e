package io.flamenco.shared.bridge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.parsetools.RecordParser;
import java.nio.charset.StandardCharsets;

/** Takes messages out of a stream of bytes: the length in four bytes, then that many. No more than one message is kept. */
final class FrameReader implements Handler<Buffer> {

    private final BridgeConnection connection;
    private final RecordParser parser = RecordParser.newFixed(Integer.BYTES);
    private boolean lengthIsNext = true;

    FrameReader(BridgeConnection connection) {
        this.connection = connection;
        parser.handler(this::onRecord);
    }

    @Override
    public void handle(Buffer bytes) {
        if (!connection.hasEnded()) {
            parser.handle(bytes);
        }
    }

    private void onRecord(Buffer bytes) {
        if (lengthIsNext) {
            expect(bytes.getInt(0));
        } else {
            connection.hear(bytes.toString(StandardCharsets.UTF_8));
            parser.fixedSizeMode(Integer.BYTES);
            lengthIsNext = true;
        }
    }

    private void expect(int length) {
        if (BridgeConnection.isTooLong(length)) {
            connection.end(BridgeConnection.tooLong());
        } else if (length > 0) {
            parser.fixedSizeMode(length);
            lengthIsNext = false;
        }
    }
}

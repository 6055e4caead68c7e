package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Documents as BSON, the form in which they are kept: every type comes back as it went in. */
final class DocumentBytes {
    static final int MAX_BYTES = 16 << 20;
    private static final int KEEP_BUFFER_BYTES = 1 << 20;

    private ByteBuf buffer = Unpooled.buffer(4 << 10);

    /** @throws MongoServerError when the document is larger than the 16 MB that MongoDB allows */
    byte[] encode(Document document) {
        buffer.clear();
        BsonEncoder.encodeDocument(document, buffer);
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        if (buffer.capacity() > KEEP_BUFFER_BYTES) {
            buffer = Unpooled.buffer(4 << 10);
        }
        if (bytes.length > MAX_BYTES) {
            throw new MongoServerError(
                    10334,
                    "BSONObjectTooLarge",
                    "The document would take " + bytes.length + " bytes, but no document may exceed " + MAX_BYTES);
        }
        return bytes;
    }

    static Document decode(byte[] bytes) {
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
    }
}

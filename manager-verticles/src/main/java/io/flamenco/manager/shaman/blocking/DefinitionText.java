package io.flamenco.manager.shaman.blocking;

import io.flamenco.shared.http.HttpFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The text of a checkout definition. */
public final class DefinitionText {

    /** Room for a hundred thousand files with long names. */
    private static final int MOST_BYTES = 32 << 20;

    private DefinitionText() {}

    /**
     * Reads all of it.
     *
     * @param gzip whether the body is compressed
     * @throws HttpFailure of status 400 when it is no gzip or no UTF-8, 413 when it is too long
     */
    public static String read(BodyStream body, boolean gzip) throws IOException {
        try (InputStream content = gzip ? new GZIPInputStream(body.begin()) : body.begin()) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new HttpFailure(413, "The definition is larger than " + MOST_BYTES + " bytes.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (EOFException | ZipException e) {
            throw new HttpFailure(400, "The compressed definition is no gzip, or ends too early.");
        } catch (CharacterCodingException e) {
            throw new HttpFailure(400, "The definition is not written in UTF-8.");
        }
    }
}

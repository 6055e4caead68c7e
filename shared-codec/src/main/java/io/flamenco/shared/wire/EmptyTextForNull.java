package io.flamenco.shared.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes an unset id as {@code ""}, which is how the protocol writes it where the key may not be left out. */
final class EmptyTextForNull extends StdSerializer<Object> {

    private static final long serialVersionUID = 1;

    EmptyTextForNull() {
        super(Object.class);
    }

    @Override
    public void serialize(Object nothing, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString("");
    }
}

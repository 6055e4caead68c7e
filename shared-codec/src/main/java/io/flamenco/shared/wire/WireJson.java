package io.flamenco.shared.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.flamenco.shared.id.Id;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.id.WorkerId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.status.WorkerStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads and writes the wire documents. Safe to use from any thread. */
public final class WireJson {

    /** Deep nesting serves nobody but an attacker. */
    private static final int DEEPEST_NESTING = 100;

    private static final ObjectMapper MAPPER = mapper();

    private WireJson() {}

    /**
     * Reads the first JSON value of the buffer; what follows it is ignored.
     *
     * @throws WireJsonException when it is no JSON, or does not fit the document
     */
    public static <T> T read(Buffer json, Class<T> type) {
        return read(json.getBytes(), type);
    }

    /**
     * Reads the first JSON value; what follows it is ignored.
     *
     * @throws WireJsonException when it is no JSON, or does not fit the document
     */
    public static <T> T read(byte[] json, Class<T> type) {
        try (JsonParser parser = MAPPER.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new WireJsonException("the body is empty, a JSON document is needed");
            }
            T value = parser.currentToken() == JsonToken.VALUE_NULL
                    ? MAPPER.readValue("{}", type)
                    : MAPPER.readValue(parser, type);
            if (value == null) {
                throw new WireJsonException("a JSON document is needed");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new WireJsonException(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as compact JSON text in UTF-8. */
    public static Buffer write(Object document) {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new WireJsonException(e.getOriginalMessage(), e);
        }
    }

    /** The document as a tree, for the event-bus bridge and for stores. */
    @SuppressWarnings("unchecked")
    public static JsonObject toJson(Object document) {
        return new JsonObject((Map<String, Object>) MAPPER.convertValue(document, Map.class));
    }

    /**
     * The document that the tree describes.
     *
     * @throws WireJsonException when the tree does not fit the document
     */
    public static <T> T fromJson(JsonObject json, Class<T> type) {
        try {
            return MAPPER.convertValue(json.getMap(), type);
        } catch (IllegalArgumentException e) {
            throw new WireJsonException(String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .addModules(new Jdk8Module(), new JavaTimeModule(), ids(), statuses())
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .build());
        return mapper;
    }

    private static SimpleModule ids() {
        SimpleModule module = new SimpleModule("ids");
        module.addSerializer(new TextSerializer<>(Id.class, Id::hex));
        addId(module, JobId.class, JobId::new);
        addId(module, ManagerId.class, ManagerId::new);
        addId(module, ProjectId.class, ProjectId::new);
        addId(module, TaskId.class, TaskId::new);
        addId(module, UpdateId.class, UpdateId::new);
        addId(module, UserId.class, UserId::new);
        addId(module, WorkerId.class, WorkerId::new);
        return module;
    }

    private static <T extends Id> void addId(SimpleModule module, Class<T> type, Function<String, T> constructor) {
        module.addDeserializer(type, new IdDeserializer<>(type, constructor));
    }

    private static SimpleModule statuses() {
        SimpleModule module = new SimpleModule("statuses");
        addStatus(module, TaskStatus.class, TaskStatus::wire, TaskStatus::parse);
        addStatus(module, JobStatus.class, JobStatus::wire, JobStatus::parse);
        addStatus(module, WorkerStatus.class, WorkerStatus::wire, WorkerStatus::parse);
        return module;
    }

    private static <T> void addStatus(
            SimpleModule module, Class<T> type, Function<T, String> wire, Function<String, Optional<T>> parse) {
        module.addSerializer(new TextSerializer<>(type, wire));
        module.addDeserializer(type, new StatusDeserializer<>(type, parse));
    }

    private static final class TextSerializer<T> extends StdSerializer<T> {

        private final transient Function<T, String> text;

        TextSerializer(Class<T> type, Function<T, String> text) {
            super(type);
            this.text = text;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(text.apply(value));
        }
    }

    private static final class IdDeserializer<T> extends StdDeserializer<T> {

        private final transient Function<String, T> constructor;

        IdDeserializer(Class<T> type, Function<String, T> constructor) {
            super(type);
            this.constructor = constructor;
        }

        @Override
        public @Nullable T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = parser.readValueAsTree();
            JsonNode text = node.isObject() ? node.path("$oid") : node;
            if (!text.isTextual()) {
                return context.reportInputMismatch(this, "an id of 24 hexadecimal digits is needed");
            }
            if (text.textValue().isEmpty()) {
                return null;
            }
            try {
                return constructor.apply(text.textValue());
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(this, "%s", e.getMessage());
            }
        }
    }

    private static final class StatusDeserializer<T> extends StdDeserializer<T> {

        private final transient Function<String, Optional<T>> parse;

        StatusDeserializer(Class<T> type, Function<String, Optional<T>> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getValueAsString("");
            Optional<T> status = parse.apply(text);
            if (status.isEmpty()) {
                return context.reportInputMismatch(this, "\"%s\" is no status that this version knows", text);
            }
            return status.get();
        }
    }
}

package io.flamenco.mongo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told from the bytes of a document without decoding it. */
class RawFilterTest {

    private static final ObjectId JOB = new ObjectId("5f1e0c3a9b8d7c6a5b4c3d21");

    private final DocumentBytes codec = new DocumentBytes();
    private final DefaultQueryMatcher matcher = new DefaultQueryMatcher();

    private boolean mayMatch(Document document, Document query) {
        return new RawFilter(query).mayMatch(codec.encode(document));
    }

    @Test
    void a_document_of_which_a_text_or_an_id_is_another_is_left_out() {
        Document document = new Document("_id", 1)
                .append("settings", new Document("name", "decoy"))
                .append("numbers", List.of(1, 2L, 3.5))
                .append("when", Instant.EPOCH)
                .append("name", "Shot Ünterwegs 10")
                .append("job", JOB);

        assertThat(mayMatch(document, new Document("name", "Shot Ünterwegs 10")))
                .isTrue();
        assertThat(mayMatch(document, new Document("name", "decoy"))).isFalse();
        assertThat(mayMatch(document, regex("ünter", "i"))).isTrue();
        assertThat(mayMatch(document, regex("ünter", ""))).isFalse();
        assertThat(mayMatch(document, new Document("job", new Document("$in", List.of(JOB)))))
                .isTrue();
        assertThat(mayMatch(document, new Document("$and", List.of(regex("shot", "i"), new Document("job", "no id")))))
                .isFalse();
        assertThat(mayMatch(document, new Document("missing", "anything"))).isFalse();
    }

    private static Document regex(String pattern, String options) {
        return new Document("name", new Document("$regex", pattern).append("$options", options));
    }

    @Property(tries = 2_000, shrinking = ShrinkingMode.OFF)
    void nothing_that_matches_is_ever_left_out(@ForAll long seed) {
        Random random = new Random(seed);
        Document document = new Document("_id", 1);
        for (String field : List.of("a", "b", "c")) {
            if (random.nextInt(5) > 0) {
                document.append(field, value(random));
            }
        }
        String field = List.of("a", "b", "c", "d").get(random.nextInt(4));
        Document query = new Document(field, wanted(random));

        if (matcher.matches(document, query) && !isPatternOfNoText(query.get(field), document.get(field))) {
            assertThat(mayMatch(document, query))
                    .as("%s in %s", query, document)
                    .isTrue();
        }
    }

    /** The matcher lets a pattern match an id or a document as it would be printed; MongoDB does not. */
    private static boolean isPatternOfNoText(@Nullable Object wanted, @Nullable Object value) {
        boolean pattern = wanted instanceof BsonRegularExpression
                || (wanted instanceof Document operators && operators.containsKey("$regex"));
        return pattern && (value instanceof ObjectId || value instanceof Document);
    }

    private static @Nullable Object wanted(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> new Document("$regex", random.nextBoolean() ? "B" : "^a").append("$options", "i");
            case 1 -> new BsonRegularExpression("b", random.nextBoolean() ? "i" : "");
            case 2 -> new Document("$in", Arrays.asList(value(random), value(random)));
            case 3 -> new Document("$ne", value(random));
            default -> value(random);
        };
    }

    private static @Nullable Object value(Random random) {
        return switch (random.nextInt(13)) {
            case 0 -> null;
            case 1 -> 7;
            case 2 -> 7L;
            case 3 -> 7.5;
            case 4 -> true;
            case 5 -> JOB;
            case 6 -> new ObjectId("5f1e0c3a9b8d7c6a5b4c3d22");
            case 7 -> Arrays.asList("ab", JOB, 3);
            case 8 -> new Document("x", 1);
            case 9 -> new BsonRegularExpression("a", "");
            case 10 -> new UUID(1, 2);
            case 11 -> "";
            default -> random.nextBoolean() ? "ab" : "AB";
        };
    }
}

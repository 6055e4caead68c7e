package io.flamenco.mongo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.LibraryInternals;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Setting fields on a document's bytes makes what taking it apart and putting it together again makes. */
class FieldPatchPropertyTest {
    private static final List<String> NAMES = List.of("a", "b", "ä", "long_name", "outbox", "x1", "status");

    private final DocumentBytes codec = new DocumentBytes();

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void bytes_are_the_same_as_those_of_the_library(@ForAll long seed) {
        var random = new Random(seed);
        var document = new Document("_id", new ObjectId()).appendAll(fields(random, 2));
        var change = fields(random, 2);
        var update = new Document("$set", change.isEmpty() ? new Document("a", 1) : change);

        var patched = FieldPatch.of(update, codec).orElseThrow().apply(codec.encode(document));

        assertThat(DocumentBytes.decode(patched)).isEqualTo(byLibrary(document, update));
        assertThat(patched).isEqualTo(codec.encode(byLibrary(document, update)));
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void picked_fields_are_those_of_the_document(@ForAll long seed) {
        var document = new Document("_id", 7).appendAll(fields(new Random(seed), 2));

        var picked = FieldPatch.pick(codec.encode(document), Set.of("_id", "a", "status"));

        var expected = document.clone();
        expected.keySet().retainAll(Set.of("_id", "a", "status"));
        assertThat(picked).isEqualTo(expected);
    }

    @Example
    void what_is_more_than_setting_whole_fields_is_left_to_the_library() {
        for (var update : List.of(
                new Document("$inc", new Document("a", 1)),
                new Document("$set", new Document("a.b", 1)),
                new Document("$set", new Document("_id", 1)),
                new Document("$set", new Document("$a", 1)),
                new Document("$set", new Document()),
                new Document("$set", "a"),
                new Document("$set", new Document("a", 1)).append("$unset", new Document("b", 1)),
                new Document("a", 1))) {
            assertThat(FieldPatch.of(update, codec)).as("%s", update).isEmpty();
        }
    }

    @Example
    void a_patch_keeps_indexes_and_refuses_what_a_unique_one_forbids() {
        try (var shell = new Shell()) {
            var first = new ObjectId();
            var second = new ObjectId();
            shell.createIndex("c", new Document("name", 1), true);
            shell.createIndex("c", new Document("status", 1).append("priority", 1), false);
            shell.insert("c", new Document("_id", first).append("name", "one").append("status", "queued"));
            shell.insert("c", new Document("_id", second).append("name", "two").append("status", "queued"));

            shell.run(setting(first, new Document("status", "active").append("name", "uno")));
            var refused = shell.backend()
                    .handleCommand(
                            new io.netty.channel.embedded.EmbeddedChannel(),
                            "test",
                            "update",
                            setting(second, new Document("name", "uno")));

            assertThat(shell.find(new Document("find", "c").append("filter", new Document("status", "active"))))
                    .extracting(found -> found.get("name"))
                    .containsExactly("uno");
            assertThat(shell.count("c", new Document("status", "queued"))).isEqualTo(1);
            assertThat(shell.count("c", new Document("name", "two"))).isEqualTo(1);
            assertThat((List<?>) refused.get("writeErrors")).hasSize(1);
        }
    }

    private static Document setting(ObjectId id, Document fields) {
        return new Document("update", "c")
                .append(
                        "updates",
                        List.of(new Document("q", new Document("_id", id)).append("u", new Document("$set", fields))));
    }

    private static Document byLibrary(Document document, Document update) {
        return LibraryInternals.updated(document, update, ArrayFilters.empty(), null, false, "_id");
    }

    private static Document fields(Random random, int depth) {
        var fields = new Document();
        int count = random.nextInt(5);
        for (int at = 0; at < count; at++) {
            fields.put(NAMES.get(random.nextInt(NAMES.size())), value(random, depth));
        }
        return fields;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 11)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextDouble();
            case 4 -> random.nextBoolean();
            case 5 -> "text ä€ " + random.nextInt();
            case 6 -> "";
            case 7 -> new ObjectId();
            case 8 -> Instant.ofEpochMilli(random.nextInt());
            case 9 -> new BinData(new byte[random.nextInt(9)]);
            case 10 -> new UUID(random.nextLong(), random.nextLong());
            case 11 -> fields(random, depth - 1);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                int size = random.nextInt(4);
                for (int at = 0; at < size; at++) {
                    list.add(value(random, depth - 1));
                }
                yield list;
            }
        };
    }
}

package io.flamenco.mongo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Whatever the documents, the indexes and the query: an index changes what a query costs, never what it answers. */
class IndexedQueriesPropertyTest {
    private static final List<String> PATHS = List.of("a", "b", "c", "d.x", "d.y", "l", "l.x");

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void a_query_answers_the_same_with_and_without_indexes(@ForAll long seed) {
        try (var shell = new Shell()) {
            var world = new World(seed, shell);
            world.fill();
            for (int query = 0; query < 12; query++) {
                world.compareFind();
            }
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void changes_leave_the_same_documents_with_and_without_indexes(@ForAll long seed) {
        try (var shell = new Shell()) {
            var world = new World(seed, shell);
            world.fill();
            for (int change = 0; change < 8; change++) {
                world.changeBoth();
                world.compareFind();
            }
            world.compareAll();
        }
    }

    /** Two collections with the same documents, one of which has indexes. */
    private static final class World {
        private final Random random;
        private final Shell shell;

        private World(long seed, Shell shell) {
            this.random = new Random(seed);
            this.shell = shell;
        }

        private void fill() {
            boolean indexFirst = random.nextBoolean();
            if (indexFirst) {
                createIndexes();
            }
            int size = random.nextInt(40);
            for (int at = 0; at < size; at++) {
                var document = document(at);
                shell.insert("plain", document);
                shell.insert("indexed", document);
            }
            shell.insert("plain", new Document("_id", "last"));
            shell.insert("indexed", new Document("_id", "last"));
            if (!indexFirst) {
                createIndexes();
            }
        }

        private void createIndexes() {
            int count = 1 + random.nextInt(4);
            for (int at = 0; at < count; at++) {
                var keys = new Document();
                int fields = 1 + random.nextInt(3);
                for (int field = 0; field < fields; field++) {
                    var path = pick(PATHS);
                    if (!mayBeList(path) || keys.keySet().stream().noneMatch(World::mayBeList)) {
                        keys.put(path, random.nextBoolean() ? 1 : -1);
                    }
                }
                shell.createIndex("indexed", keys, false);
            }
        }

        /** MongoDB refuses two arrays side by side in one index. */
        private static boolean mayBeList(String path) {
            return path.equals("c") || path.startsWith("l");
        }

        private Document document(int id) {
            var document = new Document("_id", random.nextInt(4) == 0 ? "id-" + id : id);
            for (var field : List.of("a", "b", "c")) {
                put(document, field, field.equals("c") && random.nextInt(5) == 0 ? list(this::scalar) : scalar());
            }
            if (random.nextBoolean()) {
                var inner = new Document();
                put(inner, "x", scalar());
                put(inner, "y", scalar());
                document.put("d", random.nextInt(8) == 0 ? scalar() : inner);
            }
            if (random.nextInt(3) == 0) {
                document.put("l", list(() -> random.nextInt(4) == 0 ? scalar() : new Document("x", scalar())));
            }
            return document;
        }

        private void put(Document document, String field, @Nullable Object value) {
            if (random.nextInt(5) > 0) {
                document.put(field, value);
            }
        }

        private List<@Nullable Object> list(Supplier<@Nullable Object> element) {
            List<@Nullable Object> list = new ArrayList<>();
            int size = random.nextInt(4);
            for (int at = 0; at < size; at++) {
                list.add(element.get());
            }
            return list;
        }

        private @Nullable Object scalar() {
            return switch (random.nextInt(14)) {
                case 0 -> null;
                case 1 -> random.nextInt(5) - 2L;
                case 2 -> random.nextInt(5) - 1.5;
                case 3 -> (double) (random.nextInt(5) - 2);
                case 4 -> "";
                case 5 -> "a";
                case 6 -> "ab\u0000c";
                case 7 -> random.nextBoolean();
                case 8 -> Instant.ofEpochMilli(random.nextInt(3) - 1);
                case 9 -> new ObjectId("5f1e0c3a9b8d7c6a5b4c3d2" + random.nextInt(3));
                default -> random.nextInt(5) - 2;
            };
        }

        private Document query(int depth) {
            var query = new Document();
            int conditions = random.nextInt(depth > 0 ? 3 : 4);
            for (int at = 0; at < conditions; at++) {
                if (random.nextInt(8) == 0 && depth < 2) {
                    var both = List.of(query(depth + 1), query(depth + 1));
                    query.put(random.nextInt(3) == 0 ? "$and" : "$or", both);
                } else {
                    query.put(random.nextInt(6) == 0 ? "_id" : pick(PATHS), condition());
                }
            }
            return query;
        }

        private @Nullable Object condition() {
            return switch (random.nextInt(11)) {
                case 0 -> new Document("$in", list(this::scalar));
                case 1 -> new Document("$gt", scalar());
                case 2 -> new Document("$lte", scalar());
                case 3 -> new Document("$gte", scalar()).append("$lt", scalar());
                case 4 -> new Document("$gt", scalar()).append("$lte", scalar());
                case 5 -> new Document("$ne", scalar());
                case 6 -> new Document("$exists", random.nextBoolean());
                case 7 -> new Document("$nin", list(this::scalar));
                case 8 -> new Document("$eq", scalar());
                default -> scalar();
            };
        }

        private Document sort() {
            var sort = new Document();
            int fields = random.nextInt(4);
            for (int at = 0; at < fields; at++) {
                sort.put(pick(PATHS), random.nextBoolean() ? 1 : -1);
            }
            return sort.append("_id", random.nextBoolean() ? 1 : -1);
        }

        private void compareFind() {
            var query = query(0);
            var find = new Document("find", "?").append("filter", query).append("sort", sort());
            if (random.nextBoolean()) {
                find.append("skip", random.nextInt(5)).append("limit", 1 + random.nextInt(8));
            }
            assertThat(shell.find(find.append("find", "indexed")))
                    .as("%s", find)
                    .isEqualTo(shell.find(find.append("find", "plain")));
            assertThat(shell.count("indexed", query)).as("count %s", query).isEqualTo(shell.count("plain", query));
        }

        private void compareAll() {
            var all = new Document("find", "plain").append("sort", new Document("_id", 1));
            var documents = shell.find(all);
            assertThat(shell.find(all.append("find", "indexed"))).isEqualTo(documents);
            for (var document : documents) {
                if (document.get("a") != null) {
                    var query = new Document("a", document.get("a"));
                    assertThat(shell.count("indexed", query)).isEqualTo(shell.count("plain", query));
                }
            }
        }

        private void changeBoth() {
            var query = query(0);
            var command = random.nextInt(3) == 0
                    ? delete(query)
                    : new Document("update", "?").append("updates", List.of(update(query)));
            attempt(command, "indexed");
            attempt(command, "plain");
        }

        private void attempt(Document command, String collection) {
            var name = command.keySet().iterator().next();
            shell.run(command.append(name, collection));
        }

        private Document delete(Document query) {
            var statement = new Document("q", query).append("limit", 0);
            return new Document("delete", "?").append("deletes", List.of(statement));
        }

        private Document update(Document query) {
            var path = pick(List.of("a", "b", "c", "d"));
            var change = switch (random.nextInt(3)) {
                case 0 -> new Document("$unset", new Document(path, ""));
                case 1 -> new Document("$set", new Document("c", list(this::scalar)));
                default -> new Document("$set", new Document(path, scalar()));
            };
            return new Document("q", query).append("u", change).append("multi", true);
        }

        private <T> T pick(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }
    }
}

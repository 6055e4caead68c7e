package io.flamenco.mongo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The bytes of keys order as the values do. */
class KeyBytesPropertyTest {

    @Provide
    Arbitrary<@Nullable Object> values() {
        var numbers = Arbitraries.oneOf(
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.longs().between(-(1L << 52), 1L << 52).map(Object.class::cast),
                Arbitraries.doubles().between(-1e6, 1e6).map(Object.class::cast));
        var scalars = Arbitraries.oneOf(
                numbers,
                Arbitraries.strings().ascii().ofMaxLength(4).map(Object.class::cast),
                Arbitraries.of(true, false),
                Arbitraries.longs().map(Instant::ofEpochMilli),
                Arbitraries.bytes().array(byte[].class).ofSize(12).map(ObjectId::new),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(3).map(BinData::new),
                Arbitraries.longs().greaterOrEqual(0).map(BsonTimestamp::new),
                Arbitraries.of(MinKey.getInstance(), MaxKey.getInstance()));
        var documents = scalars.map(value -> new Document("a", value));
        return Arbitraries.oneOf(scalars, documents.map(Object.class::cast)).injectNull(0.05);
    }

    private static byte[] key(@Nullable Object value) {
        return new KeyBytes().append(value).toBytes();
    }

    @Property(tries = 5000)
    void keys_order_as_values(@ForAll("values") @Nullable Object a, @ForAll("values") @Nullable Object b) {
        int expected = Integer.signum(ValueComparator.asc().compare(a, b));

        assertThat(Integer.signum(Arrays.compareUnsigned(key(a), key(b)))).isEqualTo(expected);
        var descendingA = new KeyBytes().append(a, false).toBytes();
        var descendingB = new KeyBytes().append(b, false).toBytes();
        assertThat(Integer.signum(Arrays.compareUnsigned(descendingA, descendingB)))
                .isEqualTo(-expected);
    }

    @Property(tries = 2000)
    void a_second_field_decides_only_between_equals(
            @ForAll("values") @Nullable Object a,
            @ForAll("values") @Nullable Object b,
            @ForAll("values") @Nullable Object c,
            @ForAll("values") @Nullable Object d) {
        var first = new KeyBytes().append(a, false).append(c).toBytes();
        var second = new KeyBytes().append(b, false).append(d).toBytes();
        int ofFirst = -Integer.signum(ValueComparator.asc().compare(a, b));
        int expected =
                ofFirst != 0 ? ofFirst : Integer.signum(ValueComparator.asc().compare(c, d));

        assertThat(Integer.signum(Arrays.compareUnsigned(first, second))).isEqualTo(expected);
    }

    @Test
    void numbers_of_all_types_stand_in_one_row() {
        List<Object> row = List.of(
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Long.MIN_VALUE,
                -1e9,
                -1L,
                -0.5,
                0,
                Double.MIN_VALUE,
                1,
                1.5,
                (1L << 53) + 1,
                (1L << 53) + 2,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE,
                1e19,
                Double.POSITIVE_INFINITY);
        for (int at = 1; at < row.size(); at++) {
            assertThat(Arrays.compareUnsigned(key(row.get(at - 1)), key(row.get(at))))
                    .as("%s before %s", row.get(at - 1), row.get(at))
                    .isNegative();
        }
        assertThat(key(1)).isEqualTo(key(1L)).isEqualTo(key(1.0));
        assertThat(key(0)).isEqualTo(key(-0.0));
        assertThat(key(Long.MAX_VALUE)).isNotEqualTo(key(0x1p63));
    }
}

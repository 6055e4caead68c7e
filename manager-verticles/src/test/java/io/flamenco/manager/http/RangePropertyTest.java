package io.flamenco.manager.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flamenco.shared.http.HttpFailure;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Whatever a header asks for, what is sent lies within the file. */
class RangePropertyTest {

    @Property(tries = 500)
    void a_range_lies_within_the_file_or_is_ignored_or_refused(
            @ForAll("headers") String header, @ForAll @LongRange(min = 0, max = 100) long size) {
        try {
            FileAnswer.Range.of(header, size).ifPresent(range -> {
                assertThat(range.start()).isBetween(0L, size - 1);
                assertThat(range.end()).isBetween(range.start() + 1, size);
            });
        } catch (HttpFailure refused) {
            assertThat(refused.status()).isEqualTo(416);
        }
    }

    @Provide
    Arbitrary<String> headers() {
        return Arbitraries.of("bytes=", "-", ",", " ", "0", "7", "99", "100", "999999999999999999", "x", "٣")
                .list()
                .ofMaxSize(6)
                .map(pieces -> "bytes=" + String.join("", pieces));
    }
}

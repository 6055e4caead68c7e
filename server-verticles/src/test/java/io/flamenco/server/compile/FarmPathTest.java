package io.flamenco.server.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FarmPathTest {

    private static final Instant CREATED = Instant.parse("2018-07-06T11:52:33Z");

    @ParameterizedTest
    @CsvSource({
        "/a//b/./c/, /a/b/c, /a/b, c",
        "//server/share, //server/share, //server, share",
        "///a, /a, /, a",
        "/, /, /, ''",
        "name, name, ., name",
        ".., .., ., ..",
        "a/../b, a/../b, a/.., b",
        "S:/x/y, S:/x/y, S:/x, y",
        "{render}/film/######, {render}/film/######, {render}/film, ######"
    })
    void paths_are_taken_apart_as_posix_has_it(String raw, String normal, String parent, String name) {
        FarmPath path = new FarmPath(raw);

        assertThat(path.text()).isEqualTo(normal);
        assertThat(path.parent().text()).isEqualTo(parent);
        assertThat(path.name()).isEqualTo(name);
    }

    @Test
    void the_intermediate_directory_stands_beside_the_target() throws CompilationFailure {
        assertThat(new FarmPath("/path/to/output").intermediate(CREATED).text())
                .isEqualTo("/path/to/output__intermediate-2018-07-06_115233");
        assertThat(new FarmPath("out").intermediate(CREATED).text()).isEqualTo("out__intermediate-2018-07-06_115233");
        assertThatThrownBy(() -> new FarmPath("/").intermediate(CREATED)).isInstanceOf(CompilationFailure.class);
        assertThatThrownBy(() -> new FarmPath(".").intermediate(CREATED)).isInstanceOf(CompilationFailure.class);
    }

    @Test
    void a_stem_has_neither_extension_nor_flamenco() {
        assertThat(new FarmPath("x/file.flamenco.blend").stem()).isEqualTo("file");
        assertThat(new FarmPath("x/file.v2.blend").stem()).isEqualTo("file.v2");
    }
}

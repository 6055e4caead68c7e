package io.flamenco.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FarmFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"{shaman}/shot/scene.blend", "/studio/scene.blend", "S:/studio/scene.blend"})
    void a_path_that_says_where_it_begins_stays(String path) {
        assertThat(FarmFile.onFarm(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scene.blend", "./scene.blend", "shots/../scene.blend"})
    void any_other_begins_where_we_are(String path) {
        assertThat(FarmFile.onFarm(path))
                .startsWith("/")
                .endsWith("/scene.blend")
                .doesNotContain("..");
    }

    @ParameterizedTest
    @CsvSource({
        "/studio/shot.v2.blend, /studio/render/shot.v2/######",
        "{job}/a.blend, {job}/render/a/######",
        "a.blend, render/a/######"
    })
    void pictures_go_beside_the_file_unless_told_otherwise(String file, String output) {
        assertThat(FarmFile.usualOutput(file)).isEqualTo(output);
    }
}

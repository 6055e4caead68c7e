package io.flamenco.manager.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flamenco.shared.wire.WireJsonException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ListItemsTest {

    private static final String DOCUMENT = """
            {"other": [{"not": "this"}, [{"nor": "this"}]], "depsgraph2": [{"a": 1}], "object": {"depsgraph": [{"x": 1}]},
             "depsgraph" : [ {"a": "}]\\"{[", "b": [{"c": {}}, "ü\\\\"]}, 7, "text {", [{"in": "side"}], {} ],
             "depsgraph_": [{"no": 1}], "more": "depsgraph", "last": [{"no": 2}]}""";

    @Property
    void objects_of_the_list_are_found_wherever_the_text_is_cut(@ForAll @IntRange(min = 1, max = 300) int size) {
        assertThat(itemsOf(DOCUMENT, size))
                .containsExactly("{\"a\": \"}]\\\"{[\", \"b\": [{\"c\": {}}, \"ü\\\\\"]}", "{}");
    }

    @Test
    void empty_list_and_missing_list_have_no_items() {
        assertThat(itemsOf("{\"depsgraph\":[]}", 3)).isEmpty();
        assertThat(itemsOf("{}", 3)).isEmpty();
        assertThat(itemsOf("{\"depsgraph\":null}", 3)).isEmpty();
    }

    @Test
    void what_is_no_object_or_not_whole_is_refused() {
        for (String text : List.of("", " ", "<html>", "[]", "\"depsgraph\"", "{", "{\"depsgraph\":[{}", "{\"a\":\"")) {
            assertThatThrownBy(() -> itemsOf(text, 100)).as(text).isInstanceOf(WireJsonException.class);
        }
    }

    private static List<String> itemsOf(String document, int size) {
        List<String> found = new ArrayList<>();
        ListItems items = new ListItems("depsgraph", item -> found.add(new String(item, StandardCharsets.UTF_8)));
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += size) {
            items.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        items.end();
        return found;
    }
}

package io.flamenco.dist;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The libraries of the web pages, as the table in their folder's {@code README.md} names them. */
final class VendoredScripts {

    /** Folder, package, version, licence. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+)` \\| `([^`]+)`[^|]*\\| ([^ |]+) \\| ([^ |]+)[^|]*\\|.*$");

    private VendoredScripts() {}

    /**
     * @param directory {@code webroot/vendor}
     * @return components as CycloneDX writes them, each with the property {@code folder}
     * @throws IllegalStateException when the table and the folders differ
     */
    static List<JsonObject> components(Path directory) throws IOException {
        List<JsonObject> components = ROW.matcher(Files.readString(directory.resolve("README.md")))
                .results()
                .map(VendoredScripts::component)
                .toList();
        Set<String> named = components.stream()
                .map(component -> component.getString("folder"))
                .collect(Collectors.toSet());
        try (Stream<Path> entries = Files.list(directory)) {
            Set<String> there = entries.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toSet());
            if (!there.equals(named)) {
                throw new IllegalStateException("The table in " + directory.resolve("README.md") + " names " + named
                        + ", but the folders there are " + there + "; make them agree.");
            }
        }
        return components;
    }

    private static JsonObject component(MatchResult row) {
        String name = row.group(2);
        String purl = "pkg:npm/" + name.replace("@", "%40") + "@" + row.group(3);
        return new JsonObject()
                .put("type", "library")
                .put("bom-ref", purl)
                .put("name", name)
                .put("version", row.group(3))
                .put(
                        "licenses",
                        new JsonArray().add(new JsonObject().put("license", new JsonObject().put("id", row.group(4)))))
                .put("purl", purl)
                .put("folder", row.group(1));
    }
}

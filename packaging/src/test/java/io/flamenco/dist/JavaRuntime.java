package io.flamenco.dist;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The Java runtime of the self-contained packages, as a line of the list of shipped software. */
final class JavaRuntime {

    /** Its name in that list. */
    static final String NAME = "Java runtime";

    private JavaRuntime() {}

    /**
     * @param home the runtime's directory
     * @return a component as CycloneDX writes it
     */
    static JsonObject component(Path home) throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        return new JsonObject()
                .put("type", "platform")
                .put("bom-ref", "java-runtime")
                .put("publisher", unquoted(release, "IMPLEMENTOR", "unknown"))
                .put("name", NAME)
                .put("version", unquoted(release, "JAVA_RUNTIME_VERSION", unquoted(release, "JAVA_VERSION", "unknown")))
                .put(
                        "licenses",
                        new JsonArray()
                                .add(new JsonObject().put("expression", "GPL-2.0-only WITH Classpath-exception-2.0")));
    }

    private static String unquoted(Properties release, String key, String otherwise) {
        return release.getProperty(key, otherwise).replace("\"", "");
    }
}

package io.flamenco.dist;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes what is shipped: a bill of materials in CycloneDX's form, a list for people, and the texts of all licences.
 *
 * <p>The libraries of the jar come from the bill that the CycloneDX plug-in makes, the scripts of the web pages from the
 * table beside them. Software whose licence {@link Licences} does not allow, or whose text is nowhere, breaks the build.
 */
final class ShippedSoftware {

    private static final String OURS = "io.flamenco";

    private final Path texts;
    private final Path ownTexts;
    private final Path out;
    private final List<String> refused = new ArrayList<>();

    /**
     * @param texts standard texts, named after their SPDX identifiers, and those that name their authors, after the group
     * @param ownTexts what libraries bring of their own, in one directory each
     * @param out the directory to write to
     */
    ShippedSoftware(Path texts, Path ownTexts, Path out) {
        this.texts = texts;
        this.ownTexts = ownTexts;
        this.out = out;
    }

    /**
     * @param args the bill of materials, {@code webroot/vendor}, standard texts, own texts, the directory to write to, and
     *     the Java runtime when one goes along
     */
    public static void main(String[] args) throws IOException {
        Path vendor = Path.of(args[1]);
        JsonObject bill = new JsonObject(text(Path.of(args[0])));
        List<JsonObject> more = new ArrayList<>(VendoredScripts.components(vendor));
        if (args.length > 5) {
            more.add(JavaRuntime.component(Path.of(args[5])));
        }
        new ShippedSoftware(Path.of(args[2]), Path.of(args[3]), Path.of(args[4])).write(bill, more, vendor);
    }

    private static String text(Path bill) throws IOException {
        try {
            return Files.readString(bill);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "There is no bill of materials at " + bill
                            + ". The plug-in that makes it works online only; call Maven without -o.",
                    e);
        }
    }

    /**
     * @param bill as the plug-in made it
     * @param more what it cannot know of
     * @param vendor where the folders of those are that have the property {@code folder}
     * @throws IllegalStateException when something must not be shipped; names all that must not
     */
    void write(JsonObject bill, List<JsonObject> more, Path vendor) throws IOException {
        Files.createDirectories(out.resolve("licences"));
        List<JsonObject> all = Stream.concat(
                        bill.getJsonArray("components").stream().map(JsonObject.class::cast), more.stream())
                .sorted(Comparator.comparing(ShippedSoftware::name))
                .toList();
        List<String> rows = new ArrayList<>();
        for (JsonObject component : all) {
            if (!OURS.equals(component.getString("group"))) {
                rows.add(row(component, vendor));
            }
        }
        if (!refused.isEmpty()) {
            throw new IllegalStateException("These must not be shipped:\n  " + String.join("\n  ", refused)
                    + "\nTake another library, or say in " + Licences.class.getName() + " why it may be.");
        }
        Files.writeString(out.resolve("THIRD-PARTY.md"), ThirdPartyPage.of(rows));
        Files.writeString(out.resolve("sbom.cdx.json"), withAll(bill, all).encodePrettily() + "\n");
    }

    private String row(JsonObject component, Path vendor) throws IOException {
        Optional<Licences.Chosen> chosen = Licences.choose(name(component), offered(component));
        if (chosen.isEmpty()) {
            refused.add(name(component) + " " + component.getString("version") + ", licences " + offered(component));
            return "";
        }
        String text = text(component, chosen.get().licence(), vendor);
        return ThirdPartyPage.row(name(component), component.getString("version"), chosen.get(), text);
    }

    /** Copies the text of a component's licence; where it is afterwards, or empty when it comes by another way. */
    private String text(JsonObject component, String licence, Path vendor) throws IOException {
        if (JavaRuntime.NAME.equals(component.getString("name"))) {
            return "java/legal";
        }
        String folder = component.getString("folder");
        Path own = folder == null ? ownTexts.resolve(component.getString("name") + "-jar") : vendor.resolve(folder);
        List<Path> found = ownFiles(own);
        if (found.isEmpty()) {
            return standardText(component, licence);
        }
        String name = component.getString("name").replaceAll(".*/", "");
        for (Path file : found) {
            Path copy = out.resolve("licences").resolve(name).resolve(file.getFileName());
            Files.createDirectories(copy.getParent());
            Files.write(copy, Files.readAllBytes(file));
        }
        return "licences/" + name;
    }

    private String standardText(JsonObject component, String licence) throws IOException {
        Path ofGroup = texts.resolve(component.getString("group") + ".txt");
        Path text = Files.exists(ofGroup) ? ofGroup : texts.resolve(licence + ".txt");
        if (!Files.exists(text)) {
            refused.add(name(component) + ": it brings no text of its licence, and neither " + ofGroup + " nor " + text
                    + " is there");
            return "";
        }
        Files.write(out.resolve("licences").resolve(text.getFileName()), Files.readAllBytes(text));
        return "licences/" + text.getFileName();
    }

    private static List<Path> ownFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("(LICENSE|NOTICE)[.a-zA-Z-]*"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static JsonObject withAll(JsonObject bill, List<JsonObject> all) {
        JsonArray components = new JsonArray();
        all.forEach(component -> {
            JsonObject written = component.copy();
            written.remove("folder");
            if (OURS.equals(component.getString("group"))) {
                // Of jars that are parts of flamenco.jar and not shipped as such; they differ with the umask of the
                // build.
                written.remove("hashes");
            }
            components.add(written);
        });
        return bill.copy().put("components", components);
    }

    private static String name(JsonObject component) {
        String group = component.getString("group");
        return group == null ? component.getString("name") : group + ":" + component.getString("name");
    }

    private static List<String> offered(JsonObject component) {
        return component.getJsonArray("licenses", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(entry -> entry.containsKey("expression")
                        ? entry.getString("expression")
                        : entry.getJsonObject("license")
                                .getString("id", entry.getJsonObject("license").getString("name")))
                .toList();
    }
}

package io.flamenco.shared.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Makes the jars of plug-ins, as an author of one would. */
public final class PluginBuild {

    private PluginBuild() {}

    /**
     * Compiles an example against the classes of the test.
     *
     * @param example the directory of its sources and services
     * @param provider what it provides
     * @param work an empty directory to work in
     */
    public static void ofExample(Path example, Class<?> provider, Path work, Path jar) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(
                "--release",
                "21",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString()));
        try (Stream<Path> sources = Files.walk(example.resolve("src"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        Files.copy(example.resolve(service(provider)), serviceIn(classes, provider));
        pack(classes, jar);
    }

    /** A jar that promises a provider whose class it lacks. */
    public static void damaged(Class<?> provider, String missingClass, Path work, Path jar) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        Files.writeString(serviceIn(classes, provider), missingClass);
        pack(classes, jar);
    }

    private static Path serviceIn(Path classes, Class<?> provider) throws IOException {
        Path file = classes.resolve(service(provider));
        Files.createDirectories(file.getParent());
        return file;
    }

    private static String service(Class<?> provider) {
        return "META-INF/services/" + provider.getName();
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                Files.copy(one, entries);
                entries.closeEntry();
            }
        }
    }
}

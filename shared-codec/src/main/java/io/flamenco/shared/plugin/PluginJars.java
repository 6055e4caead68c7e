package io.flamenco.shared.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars in a directory of plug-ins. */
public final class PluginJars {

    private static final Logger LOG = LoggerFactory.getLogger(PluginJars.class);

    private PluginJars() {}

    /**
     * Loads the classes of all jars in the directory, and ours; blocks.
     *
     * @param directory may be absent
     * @throws IOException when the directory cannot be read
     */
    public static ClassLoader in(Path directory) throws IOException {
        ClassLoader ours = PluginJars.class.getClassLoader();
        if (!Files.isDirectory(directory)) {
            return ours;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
            jars.forEach(jar -> LOG.info("Loading a plug-in. jar={}", jar));
            return jars.isEmpty()
                    ? ours
                    : new URLClassLoader(jars.stream().map(PluginJars::url).toArray(URL[]::new), ours);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

package io.flamenco.cli.remote;

import java.io.File;
import java.nio.file.Path;

/** Paths as the Workers are to see them. */
final class FarmFile {

    private FarmFile() {}

    /**
     * The path as the farm has it: one that begins with a variable, such as {@code {render}}, stays; any other is made whole
     * from where we are.
     */
    static String onFarm(String typed) {
        if (typed.startsWith("{") || typed.matches("[A-Za-z]:[/\\\\].*") || typed.startsWith("\\\\")) {
            return typed;
        }
        String absolute = Path.of(typed).toAbsolutePath().normalize().toString();
        return File.separatorChar == '/' ? absolute : absolute.replace(File.separatorChar, '/');
    }

    /** Where pictures of a file go when nobody says: beside it, in a directory of their own. */
    static String usualOutput(String file) {
        int slash = file.lastIndexOf('/');
        return file.substring(0, slash + 1) + "render/" + stem(file) + "/######";
    }

    /** The name of the file without directories and extension. */
    static String stem(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}

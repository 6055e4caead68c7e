package io.flamenco.launch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * The first class of the jar. It loads on Java 8 and later, so that a Java that is too old for all the others is answered
 * by a sentence.
 */
public final class Launch {

    private static final int OLDEST_JAVA = 21;

    private Launch() {}

    /** Passes the arguments on to the command line when this Java can run it; ends with exit code 1 otherwise. */
    public static void main(String[] arguments) throws Exception {
        int java = feature(System.getProperty("java.specification.version"));
        if (java < OLDEST_JAVA) {
            System.err.println("flamenco: Java " + OLDEST_JAVA + " or later is needed, this is Java " + java + " in "
                    + System.getProperty("java.home")
                    + "; install a newer one, or start Flamenco with ./flamenco, which finds it.");
            System.exit(1);
        }
        run(arguments);
    }

    /** The number by which people know that Java: 8 for "1.8", 21 for "21". */
    static int feature(String specificationVersion) {
        String number =
                specificationVersion.startsWith("1.") ? specificationVersion.substring(2) : specificationVersion;
        return Integer.parseInt(number);
    }

    private static void run(String[] arguments) throws Exception {
        Method main = Class.forName("io.flamenco.cli.Flamenco").getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error) {
                throw (Error) e.getCause();
            }
            throw (Exception) e.getCause();
        }
    }
}

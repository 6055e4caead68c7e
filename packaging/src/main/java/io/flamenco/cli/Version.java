package io.flamenco.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, and what it runs on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /** The number alone, such as {@code 3.0.0}. */
    static String number() {
        String version = Flamenco.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : version;
    }

    /** One line for people, such as {@code Flamenco 3.0.0 on Java 25 (Linux amd64)}. */
    static String text() {
        return "Flamenco " + number()
                + " on Java " + Runtime.version().feature()
                + " (" + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")";
    }
}

package io.flamenco.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, and what it runs on. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    /** One line for people, such as {@code Flamenco 3.0.0 on Java 25 (Linux amd64)}. */
    static String text() {
        String version = Flamenco.class.getPackage().getImplementationVersion();
        return "Flamenco " + (version == null ? "in development" : version)
                + " on Java " + Runtime.version().feature()
                + " (" + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ")";
    }
}

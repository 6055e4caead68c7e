package io.flamenco.shared.config;

import java.util.List;

/** A configuration that cannot be used; names every problem at once. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String source;
    private final transient List<String> problems;

    /**
     * @param source the file, for people
     * @param problems one sentence each, naming the key
     */
    public ConfigurationException(String source, List<String> problems) {
        super(source + ": " + String.join("; ", problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    /** The file, for people. */
    public String source() {
        return source;
    }

    /** One sentence each, naming the key. */
    public List<String> problems() {
        return problems;
    }
}

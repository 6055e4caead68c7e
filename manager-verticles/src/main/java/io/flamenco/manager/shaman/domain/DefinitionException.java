package io.flamenco.manager.shaman.domain;

/** A checkout definition that cannot be followed; the message names the line. */
public final class DefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param line counted from 1
     * @param problem what is wrong with it
     */
    public DefinitionException(int line, String problem) {
        super("line " + line + ": " + problem, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

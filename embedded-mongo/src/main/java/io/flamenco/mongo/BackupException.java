package io.flamenco.mongo;

/** A backup that can't be made or used; the message is a clause that says why. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackupException(String why) {
        super(why);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}

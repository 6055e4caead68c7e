package io.flamenco.cli.jobs;

import io.flamenco.cli.process.CommandFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The token that lets somebody submit jobs. */
public final class Token {

    private Token() {}

    /**
     * The token in a file, without blanks around it.
     *
     * @throws CommandFailure when it cannot be read
     */
    public static String in(Path file) {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw CommandFailure.of("The file " + file + " holds no token; name another one with --token-file.");
            }
            return token;
        } catch (NoSuchFileException absent) {
            throw CommandFailure.of(
                    "There is no token in " + file
                            + "; copy the file server/api-token from the Server's data directory, and name it with --token-file.");
        } catch (AccessDeniedException denied) {
            throw CommandFailure.of("You may not read the token in " + file
                    + "; ask its owner for a copy, and name it with --token-file.");
        } catch (IOException e) {
            throw CommandFailure.of("The token in " + file + " cannot be read: " + e.getMessage());
        }
    }
}

package io.flamenco.shared.https;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What an ACME authority may ask for by plain HTTP, to see that the host name is ours. Safe to use from any thread. */
public final class Challenges {

    /** Where the authority asks, followed by the token. */
    static final String PATH = "/.well-known/acme-challenge/";

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    /** Answers that token from now on. */
    public void put(String token, String answer) {
        answers.put(token, answer);
    }

    /** Answers it no more. */
    public void remove(String token) {
        answers.remove(token);
    }

    Optional<String> answer(String path) {
        return path.startsWith(PATH)
                ? Optional.ofNullable(answers.get(path.substring(PATH.length())))
                : Optional.empty();
    }
}

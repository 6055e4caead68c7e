package io.flamenco.server.accounts;

import io.flamenco.server.store.Users.User;
import java.time.Duration;

/** What comes of an order to the one who keeps the accounts. */
public sealed interface AccountAnswer {

    /**
     * Somebody is logged in.
     *
     * @param session the secret for the cookie
     * @param lasts until the session ends
     */
    record LoggedIn(User user, String session, Duration lasts) implements AccountAnswer {

        /** Never shows the secret. */
        @Override
        public String toString() {
            return "LoggedIn[user=" + user + "]";
        }
    }

    /** Neither name nor password was right, or one of them; it is not told which. */
    record Refused() implements AccountAnswer {}

    /** Too many wrong ones before. */
    record TooMany(Duration waitFor) implements AccountAnswer {}

    /**
     * A user has a password that they must change.
     *
     * @param password shown once
     */
    record Given(User user, String password) implements AccountAnswer {

        /** Never shows the password. */
        @Override
        public String toString() {
            return "Given[user=" + user + "]";
        }
    }
}

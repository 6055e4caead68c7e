package io.flamenco.server.accounts;

import io.flamenco.server.store.UserSessions.Place;
import io.flamenco.server.store.Users.User;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.people.FarmRole;
import java.util.Optional;

/** What is asked of the one who keeps the accounts. Failures say what to do. */
public sealed interface AccountOrder {

    /** Logs somebody in with name and password. */
    Command<LogIn, AccountAnswer> LOG_IN = new Command<>("server.accounts.log-in", LogIn.class, AccountAnswer.class);

    /** Logs somebody in with a key that is good for once. */
    Command<LogInWithKey, AccountAnswer> LOG_IN_WITH_KEY =
            new Command<>("server.accounts.log-in-with-key", LogInWithKey.class, AccountAnswer.class);

    /** Changes one's own password; all other sessions end. */
    Command<ChangePassword, AccountAnswer> CHANGE_PASSWORD =
            new Command<>("server.accounts.change-password", ChangePassword.class, AccountAnswer.class);

    /** Makes a user, with a password that they must change. */
    Command<MakeUser, AccountAnswer> MAKE_USER =
            new Command<>("server.accounts.make-user", MakeUser.class, AccountAnswer.class);

    /** Changes what is said of a user; 404 when there is none, 409 when no admin would be left, 412 when not as seen. */
    Command<ChangeUser, Done> CHANGE_USER = new Command<>("server.accounts.change-user", ChangeUser.class, Done.class);

    /** Gives a user another password, which they must change; ends their sessions. */
    Command<ResetPassword, AccountAnswer> RESET_PASSWORD =
            new Command<>("server.accounts.reset-password", ResetPassword.class, AccountAnswer.class);

    /** Removes a user with their sessions and tokens; fails as {@link #CHANGE_USER}. */
    Command<RemoveUser, Done> REMOVE_USER = new Command<>("server.accounts.remove-user", RemoveUser.class, Done.class);

    /**
     * @see #LOG_IN
     */
    record LogIn(String name, String password, Place from) implements AccountOrder {

        /** Never shows the password. */
        @Override
        public String toString() {
            return "LogIn[name=" + name + "]";
        }
    }

    /**
     * @see #LOG_IN_WITH_KEY
     */
    record LogInWithKey(String key, Place from) implements AccountOrder {

        /** Never shows the key. */
        @Override
        public String toString() {
            return "LogInWithKey[from=" + from + "]";
        }
    }

    /**
     * @param old the present password; empty for one who logged in with a key, and so need not know it
     * @see #CHANGE_PASSWORD
     */
    record ChangePassword(UserId user, Optional<String> old, String fresh, Place from) implements AccountOrder {

        /** Never shows the passwords. */
        @Override
        public String toString() {
            return "ChangePassword[user=" + user + "]";
        }
    }

    /** @see #MAKE_USER */
    record MakeUser(String name, String fullName, String email, FarmRole role) implements AccountOrder {}

    /**
     * What is empty stays as it is.
     *
     * @param seen how the user must still be; empty when that does not matter
     * @see #CHANGE_USER
     */
    record ChangeUser(
            UserId user,
            Optional<User> seen,
            Optional<String> fullName,
            Optional<String> email,
            Optional<FarmRole> role,
            Optional<Boolean> locked)
            implements AccountOrder {}

    /**
     * @param seen how the user must still be; empty when that does not matter
     * @see #RESET_PASSWORD
     */
    record ResetPassword(UserId user, Optional<User> seen) implements AccountOrder {}

    /**
     * @param seen how the user must still be; empty when that does not matter
     * @see #REMOVE_USER
     */
    record RemoveUser(UserId user, Optional<User> seen) implements AccountOrder {}
}

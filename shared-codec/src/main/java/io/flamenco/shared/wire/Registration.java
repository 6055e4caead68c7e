package io.flamenco.shared.wire;

import java.util.List;

/**
 * A new Worker introduces itself to a Manager.
 *
 * @param secret the password that it will authenticate with
 * @param platform {@code linux}, {@code windows} or {@code darwin}
 * @param supportedTaskTypes what it can run
 * @param nickname for people; usually the host's name
 */
public record Registration(String secret, String platform, List<String> supportedTaskTypes, String nickname) {

    public Registration {
        secret = Absent.text(secret);
        platform = Absent.text(platform);
        supportedTaskTypes = Absent.list(supportedTaskTypes);
        nickname = Absent.text(nickname);
    }
}

package io.flamenco.shared.wire;

import java.util.List;

/**
 * A known Worker starts.
 *
 * @param supportedTaskTypes what it can run; empty when unchanged
 * @param nickname for people; empty when unchanged
 */
public record SignOn(List<String> supportedTaskTypes, String nickname) {

    public SignOn {
        supportedTaskTypes = Absent.list(supportedTaskTypes);
        nickname = Absent.text(nickname);
    }
}

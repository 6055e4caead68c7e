package io.flamenco.server.http;

import io.flamenco.shared.http.HttpFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of the Blender add-on that calls, as its header {@code Blender-Cloud-Addon} tells. */
record AddonVersion(int major, int minor, int patch) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");
    private static final AddonVersion KNOWS_TWO_WAY_VARIABLES = new AddonVersion(1, 12, 2);

    /** Reads the header; empty when it is absent, 400 when it is no version. */
    static Optional<AddonVersion> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(header.strip());
        if (!matcher.matches()) {
            throw new HttpFailure(400, "The header Blender-Cloud-Addon must be a version such as 1.13.2.");
        }
        String patch = matcher.group(3);
        return Optional.of(new AddonVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch)));
    }

    /** Whether it knows only the first version of a Manager's settings. */
    boolean old() {
        List<Integer> mine = List.of(major, minor, patch);
        AddonVersion first = KNOWS_TWO_WAY_VARIABLES;
        List<Integer> other = List.of(first.major, first.minor, first.patch);
        for (int i = 0; i < mine.size(); i++) {
            if (!mine.get(i).equals(other.get(i))) {
                return mine.get(i) < other.get(i);
            }
        }
        return false;
    }
}

package io.flamenco.manager.shaman.domain;

import java.util.regex.Pattern;

/**
 * What a checkout is called; usually the job's id.
 *
 * @param text 2 to 128 letters, digits and underscores
 */
public record CheckoutId(String text) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_]{2,128}");

    public CheckoutId {
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a checkout ID takes 2 to 128 letters, digits and underscores, such as the ID of the job");
        }
    }

    /** The directory that it shares with others whose names end alike. */
    public String group() {
        return text.substring(text.length() - 2);
    }

    /** Where it is below the root of all checkouts, with a slash between group and name. */
    public String relativePath() {
        return group() + "/" + text;
    }
}

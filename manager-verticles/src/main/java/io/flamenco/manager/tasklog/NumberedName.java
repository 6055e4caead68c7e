package io.flamenco.manager.tasklog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file name that may end in a dot and a whole number, such as {@code task.txt.3}.
 *
 * @param base the name without dot and number; the whole name when there is no number
 * @param number -1 when there is none
 */
record NumberedName(String base, int number) {

    private static final Pattern NUMBERED = Pattern.compile("(?s)(.*)\\.([+-]?[0-9]{1,9})");

    /** Takes the name apart; leading zeros and a sign are part of the number. */
    static NumberedName parse(String name) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches()
                ? new NumberedName(matcher.group(1), Integer.parseInt(matcher.group(2)))
                : new NumberedName(name, -1);
    }
}

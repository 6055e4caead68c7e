package io.flamenco.worker.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames as Blender's command line writes them: {@code 1..10,15}. A hyphen in place of the dots is understood too. */
public final class FrameRange {

    private static final Pattern PART = Pattern.compile("\\s*(-?\\d{1,9})\\s*(?:(?:\\.\\.|-)\\s*(-?\\d{1,9})\\s*)?");
    private static final Pattern MARKS = Pattern.compile("#+");

    /** More frames than this in one task are somebody's mistake. */
    private static final int MOST = 1_000_000;

    private FrameRange() {}

    /**
     * The frames in the order in which they are written.
     *
     * @throws IllegalArgumentException when the text is no range of frames
     */
    public static List<Integer> parse(String text) {
        List<Integer> frames = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + text + "\" is no range of frames such as 1..10,15");
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (last < first || frames.size() + (long) last - first >= MOST) {
                throw new IllegalArgumentException("\"" + text + "\" goes backwards or has too many frames");
            }
            for (int frame = first; frame <= last; frame++) {
                frames.add(frame);
            }
        }
        return List.copyOf(frames);
    }

    /** The path of a frame: the last run of {@code #} becomes the number; without one it is put at the end. */
    public static String path(String pattern, int frame) {
        Matcher marks = MARKS.matcher(pattern);
        int start = -1;
        int end = -1;
        while (marks.find()) {
            start = marks.start();
            end = marks.end();
        }
        if (start < 0) {
            return pattern + "%04d".formatted(frame);
        }
        return pattern.substring(0, start) + ("%0" + (end - start) + "d").formatted(frame) + pattern.substring(end);
    }
}

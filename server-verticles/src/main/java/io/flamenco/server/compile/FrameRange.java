package io.flamenco.server.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Frame numbers, as people write them for a printer: {@code 1-30, 40-44}. Sorted, each once.
 *
 * @param frames ascending; at least one
 */
public record FrameRange(List<Integer> frames) {

    /** A job of more frames than this is somebody's mistake. */
    static final int MOST_FRAMES = 1_000_000;

    private static final int HIGHEST_FRAME = 999_999_999;
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,10})\\s*(?:-\\s*(\\d{1,10})\\s*)?");

    public FrameRange {
        frames = List.copyOf(frames);
    }

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException when it is none; the message is a sentence for people
     */
    public static FrameRange parse(String text) {
        TreeSet<Integer> frames = new TreeSet<>();
        long named = 0;
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("\"" + shortened(part.strip())
                        + "\" is no frame or range of frames; write for example 1-30, 40-44");
            }
            named += add(frames, matcher, MOST_FRAMES - named);
        }
        return new FrameRange(List.copyOf(frames));
    }

    /** Adds a part of at most so many frames; frames that were there count too, so that no text takes long. */
    private static long add(TreeSet<Integer> frames, Matcher part, long most) {
        long first = Long.parseLong(part.group(1));
        long last = part.group(2) == null ? first : Long.parseLong(part.group(2));
        if (last < first) {
            throw new IllegalArgumentException("the range " + first + "-" + last + " ends before it begins");
        }
        if (last > HIGHEST_FRAME) {
            throw new IllegalArgumentException("frame " + last + " is higher than " + HIGHEST_FRAME);
        }
        long count = last - first + 1;
        if (count > most) {
            throw new IllegalArgumentException("more than " + MOST_FRAMES + " frames are too many for one job");
        }
        for (long frame = first; frame <= last; frame++) {
            frames.add((int) frame);
        }
        return count;
    }

    /** The lowest frame. */
    public int first() {
        return frames.getFirst();
    }

    /** The highest frame. */
    public int last() {
        return frames.getLast();
    }

    /** How many frames there are. */
    public int count() {
        return frames.size();
    }

    /** Cut where frames are missing. */
    public List<FrameRange> runs() {
        List<FrameRange> runs = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= frames.size(); i++) {
            if (i == frames.size() || frames.get(i) != frames.get(i - 1) + 1) {
                runs.add(new FrameRange(frames.subList(start, i)));
                start = i;
            }
        }
        return runs;
    }

    /** Cut into pieces of {@code size} frames; the last one may be shorter. */
    public List<FrameRange> chunks(int size) {
        List<FrameRange> chunks = new ArrayList<>();
        for (int start = 0; start < frames.size(); start += size) {
            chunks.add(new FrameRange(frames.subList(start, Math.min(frames.size(), start + size))));
        }
        return chunks;
    }

    /** For people and names: {@code 18,20-22}. */
    public String merged() {
        return merged("-");
    }

    /** For Blender: {@code 18,20..22}. */
    public String blenderStyle() {
        return merged("..");
    }

    private String merged(String dash) {
        List<String> parts = new ArrayList<>();
        runs().forEach(run -> addRun(parts, run.first(), run.last(), dash));
        return String.join(",", parts);
    }

    private static void addRun(List<String> parts, int from, int to, String dash) {
        if (to - from >= 2) {
            parts.add(from + dash + to);
        } else {
            parts.add(Integer.toString(from));
            if (to > from) {
                parts.add(Integer.toString(to));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

package io.flamenco.worker.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a line of Blender's render progress tells. Understands the lines of Blender 2.7 and 2.8 (three figures of memory), of
 * 2.9 to 4.5 (two), and of 5.x (a clock and a category before them).
 *
 * @param frame the frame that is being rendered
 * @param memory in use, as Blender writes it; empty when the line does not tell
 * @param peakMemory the most so far; empty when the line does not tell
 * @param seconds spent on this frame
 * @param remainingSeconds as Blender guesses them for this frame
 * @param status what Blender does
 * @param fraction of the frame that is done, 0 to 1
 */
public record BlenderProgress(
        int frame,
        String memory,
        String peakMemory,
        OptionalDouble seconds,
        OptionalDouble remainingSeconds,
        String status,
        OptionalDouble fraction) {

    private static final Pattern LINE =
            Pattern.compile("(?:[\\d:.]+\\s+render\\s*\\|\\s*)?Fra:\\s*(\\d{1,9})(?!\\d)(?:\\s*\\|)?\\s*(.*)");
    private static final Pattern MEMORY = Pattern.compile("^Mem:(\\S+)\\s+\\((?:[^,)]*,\\s*)?Peak\\s+([^)]+)\\)");
    private static final Pattern MEMORY_ONLY = Pattern.compile("\\bMem:\\s*(\\S+)");
    private static final Pattern DONE = Pattern.compile(
            "(?:Sample|Rendered|Rendering|Path Tracing Tile)\\s+(\\d{1,9})\\s*/\\s*(\\d{1,9})(?:\\s+Tiles)?");
    private static final String CLOCK = "\\s*(?:(\\d+):)?(\\d+):(\\d+(?:\\.\\d+)?)(?=\\s|$)";
    private static final Pattern TIME = Pattern.compile("\\|\\s*Time:" + CLOCK);
    private static final Pattern REMAINING = Pattern.compile("(?:^|\\|\\s*)Remaining:" + CLOCK);

    /** Reads a line; empty when it is none of render progress. */
    public static Optional<BlenderProgress> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String rest = matcher.group(2);
        String status = rest.substring(rest.lastIndexOf('|') + 1).strip();
        Matcher memory = MEMORY.matcher(rest);
        boolean both = memory.find();
        return Optional.of(new BlenderProgress(
                Integer.parseInt(matcher.group(1)),
                both ? memory.group(1) : first(MEMORY_ONLY.matcher(rest)),
                both ? memory.group(2) : "",
                clock(TIME.matcher(rest)),
                clock(REMAINING.matcher(rest)),
                status,
                fraction(status)));
    }

    /** What to show people of it; the line itself when Blender does not tell what remains. */
    public String activity(String line) {
        if (remainingSeconds.isEmpty()) {
            return line;
        }
        String spent = seconds.isPresent() ? " | Time:" + shown(seconds.getAsDouble()) : "";
        return "Fra:" + frame + " Mem:" + memory + spent + " | Remaining:" + shown(remainingSeconds.getAsDouble())
                + " | " + status;
    }

    private static String first(Matcher matcher) {
        return matcher.find() ? matcher.group(1) : "";
    }

    private static OptionalDouble clock(Matcher matcher) {
        if (!matcher.find()) {
            return OptionalDouble.empty();
        }
        double hours = matcher.group(1) == null ? 0 : Double.parseDouble(matcher.group(1));
        double minutes = Double.parseDouble(matcher.group(2));
        return OptionalDouble.of(hours * 3600 + minutes * 60 + Double.parseDouble(matcher.group(3)));
    }

    private static OptionalDouble fraction(String status) {
        if (status.equals("Finished")) {
            return OptionalDouble.of(1);
        }
        Matcher done = DONE.matcher(status);
        if (!done.find()) {
            return OptionalDouble.empty();
        }
        double all = Double.parseDouble(done.group(2));
        return all == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(1, Double.parseDouble(done.group(1)) / all));
    }

    private static String shown(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }
}

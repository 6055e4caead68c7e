package io.flamenco.manager.tasklog;

/** The end of a log text, as the Server shows it beside a task. */
public final class LogTail {

    private static final int LINES = 10;

    private LogTail() {}

    /**
     * The last ten lines of the text, the last one ended by a line break (Flamenco 2 protocol).
     *
     * @return empty for an empty text
     */
    public static String of(String log) {
        if (log.isEmpty()) {
            return "";
        }
        String trimmed = log.strip();
        return trimmed.substring(startOfLastLines(trimmed)) + "\n";
    }

    private static int startOfLastLines(String text) {
        int start = text.length();
        for (int line = 0; line < LINES; line++) {
            start = text.lastIndexOf('\n', start - 1);
            if (start < 0) {
                return 0;
            }
        }
        return start + 1;
    }
}

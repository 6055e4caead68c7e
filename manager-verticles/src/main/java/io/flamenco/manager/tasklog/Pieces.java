package io.flamenco.manager.tasklog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts long text between lines. */
final class Pieces {

    private Pieces() {}

    /**
     * The text in pieces of whole lines.
     *
     * @param longest a piece is longer than this, in characters, only when its one line is
     */
    static List<String> of(String text, int longest) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = endOfPiece(text, start, longest);
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    /** How long the text is in a file, in bytes. */
    static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int endOfPiece(String text, int start, int longest) {
        if (text.length() - start <= longest) {
            return text.length();
        }
        int lastBreak = text.lastIndexOf('\n', start + longest - 1);
        int lineBreak = lastBreak >= start ? lastBreak : text.indexOf('\n', start + longest);
        return lineBreak < 0 ? text.length() : lineBreak + 1;
    }
}

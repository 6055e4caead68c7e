package io.flamenco.worker.blocking.media;

/** Texts as they stand in Python programs. */
final class PythonText {

    private PythonText() {}

    /** The text in quotes, single ones where that is possible without escaping. */
    static String literal(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder literal = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == '\\' || c == quote) {
                literal.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                literal.append("\\n");
            } else if (c == '\r') {
                literal.append("\\r");
            } else {
                literal.appendCodePoint(c);
            }
        });
        return literal.append(quote).toString();
    }
}

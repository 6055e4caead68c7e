package io.flamenco.worker.blocking.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Splits what a program prints into lines. Bytes that are no UTF-8 become replacement characters; a line longer than
 * {@value #LONGEST_BYTES} bytes is handed on in pieces, so that memory stays bounded whatever is printed.
 */
final class OutputLines {

    static final int LONGEST_BYTES = 64 * 1024;

    private final InputStream output;
    private final byte[] chunk = new byte[8192];
    private final byte[] line = new byte[LONGEST_BYTES];
    private int length;
    private int overwrittenTo;

    /** Sees each line, without its line break and trailing white space. */
    @FunctionalInterface
    interface Reader {
        void line(String line) throws InterruptedException;

        /** Sees what came since the last carriage return when there is another one, such as the state of a progress bar. */
        default void overwritten(String text) throws InterruptedException {}
    }

    OutputLines(InputStream output) {
        this.output = output;
    }

    /** Reads to the end of the output. */
    void read(Reader reader) throws IOException, InterruptedException {
        int count = output.read(chunk);
        while (count >= 0) {
            for (int i = 0; i < count; i++) {
                accept(chunk[i], reader);
            }
            count = output.read(chunk);
        }
        if (length > 0) {
            hand(reader, length);
        }
    }

    private void accept(byte next, Reader reader) throws InterruptedException {
        if (next == '\n') {
            hand(reader, length);
            return;
        }
        if (length == LONGEST_BYTES) {
            hand(reader, endOfWholeCharacters());
        }
        line[length++] = next;
        if (next == '\r') {
            reader.overwritten(new String(line, overwrittenTo, length - overwrittenTo, StandardCharsets.UTF_8).strip());
            overwrittenTo = length;
        }
    }

    /** Where a piece can end without cutting a character in two. */
    private int endOfWholeCharacters() {
        int end = length;
        while (end > length - 4 && (line[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        boolean leadByte = (line[end - 1] & 0xC0) == 0xC0;
        return leadByte ? end - 1 : length;
    }

    private void hand(Reader reader, int end) throws InterruptedException {
        String text = new String(line, 0, end, StandardCharsets.UTF_8).stripTrailing();
        System.arraycopy(line, end, line, 0, length - end);
        length -= end;
        overwrittenTo = 0;
        reader.line(text);
    }
}

package io.flamenco.cli.remote;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, each column as wide as its widest cell. */
final class Table {

    private static final String GAP = "  ";

    private final String[] headings;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... headings) {
        this.headings = headings.clone();
    }

    void row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Table::oneLine).toArray(String[]::new));
    }

    /** The lines, headings first. */
    List<String> lines() {
        int[] widths = new int[headings.length];
        widen(widths, headings);
        rows.forEach(row -> widen(widths, row));
        List<String> lines = new ArrayList<>();
        lines.add(line(widths, headings));
        rows.forEach(row -> lines.add(line(widths, row)));
        return lines;
    }

    private static void widen(int[] widths, String[] cells) {
        for (int i = 0; i < cells.length; i++) {
            widths[i] = Math.max(widths[i], cells[i].codePointCount(0, cells[i].length()));
        }
    }

    private static String line(int[] widths, String[] cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            int length = cells[i].codePointCount(0, cells[i].length());
            line.append(cells[i]).append(" ".repeat(widths[i] - length)).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** What others typed may hold anything, even orders to a terminal. */
    static String oneLine(Object cell) {
        return String.valueOf(cell).replaceAll("\\p{Cntrl}", " ").strip();
    }
}

package io.flamenco.cli;

import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help in which lines break between words only: a path or URL stands there whole, so that it can be copied. */
final class WholeWords extends Help {

    private static final int INDENT_OF_NEXT_LINES = 2;

    WholeWords(CommandSpec command, ColorScheme colors) {
        super(command, colors);
    }

    @Override
    public Layout createDefaultLayout(
            List<OptionSpec> options, List<PositionalParamSpec> parameters, ColorScheme colors) {
        Column[] columns = super.createDefaultLayout(options, parameters, colors)
                .textTable()
                .columns();
        return new Layout(colors, new Table(colors, columns));
    }

    private static final class Table extends TextTable {

        Table(ColorScheme colors, Column[] columns) {
            super(colors, columns);
            this.indentWrappedLines = INDENT_OF_NEXT_LINES;
        }

        @Override
        public Cell putValue(int row, int column, Text value) {
            boolean wraps = columns()[column].overflow == Column.Overflow.WRAP;
            return wraps ? lines(row, column, value, 0) : super.putValue(row, column, value);
        }

        private Cell lines(int row, int column, Text words, int indent) {
            Column place = columns()[column];
            int width = place.width - place.indent - indent;
            String text = words.plainString();
            Text space = Ansi.OFF.text(" ".repeat(indent));
            if (row == rowCount()) {
                addEmptyRow();
            }
            if (text.length() <= width) {
                return super.putValue(row, column, space.concat(words));
            }
            int end = endOfLine(text, width);
            int next = text.charAt(end) == ' ' ? end + 1 : end;
            super.putValue(row, column, space.concat(words.substring(0, end)));
            return lines(row + 1, column, words.substring(next), INDENT_OF_NEXT_LINES);
        }

        /** After the last word that fits; in the middle of one that fits nowhere. */
        private static int endOfLine(String text, int width) {
            int blank = text.lastIndexOf(' ', width);
            return blank > 0 ? blank : width;
        }
    }
}

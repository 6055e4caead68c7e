package io.flamenco.worker.blocking.command;

import java.awt.geom.Path2D;

/** Digits as strokes, like those of a pocket calculator. */
final class SevenSegments {

    /** Per digit which of the segments are lit: top, upper left, upper right, middle, lower left, lower right, bottom. */
    private static final String[] LIT = {
        "1110111", "0010010", "1011101", "1011011", "0111010", "1101011", "1101111", "1010010", "1111111", "1111011"
    };

    /** Start and end of each segment, as x in widths and y in halves of the height. */
    private static final int[][] STROKES = {
        {0, 0, 1, 0}, {0, 0, 0, 1}, {1, 0, 1, 1}, {0, 1, 1, 1}, {0, 1, 0, 2}, {1, 1, 1, 2}, {0, 2, 1, 2}
    };

    private SevenSegments() {}

    /** The strokes of a digit whose upper left corner is at x and y. */
    static Path2D digit(int digit, double x, double y, double width, double height) {
        Path2D path = new Path2D.Double();
        for (int segment = 0; segment < STROKES.length; segment++) {
            if (LIT[digit].charAt(segment) == '1') {
                int[] stroke = STROKES[segment];
                path.moveTo(x + stroke[0] * width, y + stroke[1] * height / 2);
                path.lineTo(x + stroke[2] * width, y + stroke[3] * height / 2);
            }
        }
        return path;
    }
}

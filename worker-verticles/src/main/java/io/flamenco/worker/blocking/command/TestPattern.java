package io.flamenco.worker.blocking.command;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/**
 * Draws the frames of a small animation: an evening sky whose colours drift, a sun that goes round, hills that roll by, and
 * the number of the frame. The same frame always looks the same.
 */
final class TestPattern {

    private static final int LOOP_FRAMES = 96;
    private static final int HILLS = 3;

    private final int width;
    private final int height;

    TestPattern(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** One frame. */
    BufferedImage frame(int number) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            double phase = Math.floorMod(number, LOOP_FRAMES) / (double) LOOP_FRAMES;
            sky(canvas, phase);
            sun(canvas, phase);
            for (int hill = 0; hill < HILLS; hill++) {
                hill(canvas, phase, hill);
            }
            label(canvas, number);
        } finally {
            canvas.dispose();
        }
        return image;
    }

    private void sky(Graphics2D canvas, double phase) {
        float hue = (float) (0.62 + 0.12 * Math.sin(2 * Math.PI * phase));
        Color top = Color.getHSBColor(hue, 0.75f, 0.35f);
        Color bottom = Color.getHSBColor(hue - 0.58f, 0.55f, 0.98f);
        canvas.setPaint(new GradientPaint(0, 0, top, 0, height * 0.85f, bottom));
        canvas.fill(new Rectangle2D.Double(0, 0, width, height));
    }

    private void sun(Graphics2D canvas, double phase) {
        double radius = Math.min(width, height) * 0.16;
        double x = width * (0.5 + 0.36 * Math.cos(2 * Math.PI * phase));
        double y = height * (0.42 + 0.2 * Math.sin(2 * Math.PI * phase));
        canvas.setPaint(new RadialGradientPaint(
                new Point2D.Double(x, y), (float) (radius * 1.8), new float[] {0f, 0.45f, 1f}, new Color[] {
                    new Color(255, 250, 225), new Color(255, 205, 110, 230), new Color(255, 160, 60, 0)
                }));
        canvas.fill(new Ellipse2D.Double(x - radius * 1.8, y - radius * 1.8, radius * 3.6, radius * 3.6));
    }

    private void hill(Graphics2D canvas, double phase, int hill) {
        double base = height * (0.62 + 0.12 * hill);
        Path2D line = new Path2D.Double();
        line.moveTo(0, height);
        for (int x = 0; x <= width; x += Math.max(1, width / 160)) {
            double along = 2 * Math.PI * (x / (double) width * (1.3 + 0.5 * hill) + phase * (hill + 1) + 0.37 * hill);
            line.lineTo(x, base - height * 0.06 * Math.sin(along) - height * 0.025 * Math.sin(2 * along));
        }
        line.lineTo(width, height);
        line.closePath();
        canvas.setPaint(Color.getHSBColor(0.58f + 0.03f * hill, 0.5f, 0.42f - 0.11f * hill));
        canvas.fill(line);
    }

    /** Draws its own digits: fonts are not installed on every machine that Java runs on. */
    private void label(Graphics2D canvas, int number) {
        double size = Math.max(8, height / 9.0);
        double x = size * 0.5;
        for (char digit : "%04d".formatted(Math.abs(number)).toCharArray()) {
            Path2D segments = SevenSegments.digit(digit - '0', x, height - size * 1.5, size * 0.55, size);
            canvas.setStroke(round(size / 4));
            canvas.setColor(new Color(20, 24, 40, 160));
            canvas.draw(segments);
            canvas.setStroke(round(size / 8));
            canvas.setColor(new Color(255, 250, 235));
            canvas.draw(segments);
            x += size * 0.85;
        }
    }

    private static BasicStroke round(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
}

package io.flamenco.server.compile;

import io.flamenco.shared.plugin.JobCompiler.CompilationFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the samples of a progressive render.
 *
 * <p>The first chunks grow along a curve, so that a first, noisy picture is there early; once they would exceed the cap the
 * rest is cut evenly. Curve and constants are those of the Flamenco 2 Server. Where it adds up fractions this divides whole
 * numbers, which spares a stray chunk of one sample.
 *
 * @param from first sample, from 1
 * @param to last sample
 */
record SampleChunk(int from, int to) {

    /** Fewer samples cannot be cut. */
    static final int FEWEST_SAMPLES = 21;

    private static final int USUAL_UNCAPPED = 4;
    private static final double EXPONENT = 5.0 / 3.0;
    private static final double FIRST_PART = 40.0;

    int size() {
        return to - from + 1;
    }

    /** The samples in chunks of at most {@code cap}. */
    static List<SampleChunk> of(int samples, int cap) throws CompilationFailure {
        return of(samples, cap, USUAL_UNCAPPED);
    }

    /**
     * @param uncapped in how many chunks the samples would be cut if there were no cap
     */
    static List<SampleChunk> of(int samples, int cap, int uncapped) throws CompilationFailure {
        if (samples < FEWEST_SAMPLES) {
            throw new CompilationFailure("The setting \"cycles_sample_count\" must be at least " + FEWEST_SAMPLES
                    + " for a progressive render, not " + samples + "; use a normal render job.");
        }
        List<SampleChunk> chunks = new ArrayList<>();
        int last = grow(samples, cap, uncapped, chunks);
        cutEvenly(samples - last, cap, last, chunks);
        if (chunks.size() < 2) {
            throw new CompilationFailure("The samples fit in one chunk; use a normal render job.");
        }
        return chunks;
    }

    private static int grow(int samples, int cap, int uncapped, List<SampleChunk> chunks) {
        double first = samples / FIRST_PART;
        double scale = Math.pow(samples - first, 1 / EXPONENT);
        int last = 0;
        for (int i = 0; last < samples; i++) {
            int end = (int) Math.rint(Math.pow(scale * i / (uncapped - 1), EXPONENT) + first);
            if (end - last > cap) {
                return last;
            }
            chunks.add(new SampleChunk(last + 1, end));
            last = end;
        }
        return last;
    }

    private static void cutEvenly(int rest, int cap, int start, List<SampleChunk> chunks) {
        int pieces = (rest + cap - 1) / cap;
        int last = start;
        for (int k = 1; k <= pieces; k++) {
            int end = start + (int) ((long) rest * k / pieces);
            chunks.add(new SampleChunk(last + 1, end));
            last = end;
        }
    }

    /**
     * How many frames one task renders of this chunk.
     *
     * @param mostSamples how many samples one task may render
     * @param frames how many frames the job has
     */
    int framesPerTask(int mostSamples, int frames) {
        int fit = Math.max(1, mostSamples / size());
        if (fit > 2) {
            int left = frames % fit;
            int leftIfFewer = frames % (fit - 1);
            if (left > 0 && left < leftIfFewer) {
                return fit - 1;
            }
        }
        return fit;
    }
}

package io.flamenco.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rates of repeated measurements, and how each kind compares with the first one of the same run. */
final class Rates {

    private final Map<String, List<Double>> perLabel = new LinkedHashMap<>();

    /** One more measurement. */
    void add(String label, double rate) {
        perLabel.computeIfAbsent(label, first -> new ArrayList<>()).add(rate);
    }

    /** The middle one of the measurements; 0 without any. */
    double median(String label) {
        List<Double> sorted =
                perLabel.getOrDefault(label, List.of()).stream().sorted().toList();
        if (sorted.isEmpty()) {
            return 0;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A line per kind: median, all measurements, and the median as a share of the first kind's. */
    String report() {
        StringBuilder text = new StringBuilder();
        double reference =
                perLabel.keySet().stream().findFirst().map(this::median).orElse(0.0);
        perLabel.forEach((label, rates) -> text.append(String.format(
                Locale.ROOT,
                "= %-28s median %9.0f/s  (%s)  %5.1f %% of the first%n",
                label,
                median(label),
                String.join(
                        " ", rates.stream().map(rate -> Math.round(rate) + "").toList()),
                reference == 0 ? 0 : 100 * median(label) / reference)));
        return text.toString();
    }
}

package io.flamenco.server.news;

import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.wire.NewsKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Numbers everything that happens, and remembers the last number of each kind for each Manager. */
final class NewsBoard {

    private static final Map<NewsKind, Long> NOTHING = Map.of();

    private final String start;
    private final Map<ManagerId, Map<NewsKind, Long>> latest = new HashMap<>();
    private long last;

    /**
     * @param start tells the marks of this start of the Server from those of another one
     */
    NewsBoard(String start) {
        this.start = start + "-";
    }

    void note(ManagerId manager, NewsKind kind) {
        latest.computeIfAbsent(manager, first -> new EnumMap<>(NewsKind.class)).put(kind, ++last);
    }

    /** Stands for everything until now. */
    String mark() {
        return start + last;
    }

    /** What is new since a mark; everything when the mark is none of ours. */
    Set<NewsKind> since(ManagerId manager, String mark) {
        long known = number(mark);
        if (known < 0) {
            return EnumSet.allOf(NewsKind.class);
        }
        Set<NewsKind> news = EnumSet.noneOf(NewsKind.class);
        latest.getOrDefault(manager, NOTHING).forEach((kind, number) -> {
            if (number > known) {
                news.add(kind);
            }
        });
        return news;
    }

    private long number(String mark) {
        if (!mark.startsWith(start)) {
            return -1;
        }
        try {
            long number = Long.parseLong(mark.substring(start.length()));
            return number <= last ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}

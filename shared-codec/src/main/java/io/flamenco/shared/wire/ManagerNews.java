package io.flamenco.shared.wire;

import java.util.List;

/**
 * What is new on the Server for a Manager that waits to hear it.
 *
 * @param mark tells up to where the Manager knows; goes back with its next question
 * @param news names of {@link NewsKind}s; empty when nothing happened while it waited
 */
public record ManagerNews(String mark, List<String> news) {

    public ManagerNews {
        mark = Absent.text(mark);
        news = Absent.list(news);
    }
}

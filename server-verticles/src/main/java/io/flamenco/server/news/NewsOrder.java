package io.flamenco.server.news;

import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Topic;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.wire.ManagerNews;
import io.flamenco.shared.wire.NewsKind;
import java.time.Duration;

/** What the one who tells Managers of news hears and is asked. */
public sealed interface NewsOrder {

    /** Something was stored that a Manager should learn of soon. */
    Topic<Happened> HAPPENED = new Topic<>("server.news.happened", Happened.class);

    /** What is new for a Manager? Answered as soon as something is, or when its patience ends. */
    Command<Wait, ManagerNews> WAIT = new Command<>("server.news.wait", Wait.class, ManagerNews.class);

    /** @see #HAPPENED */
    record Happened(ManagerId manager, NewsKind kind) implements NewsOrder {}

    /**
     * @param mark of the last answer; empty, or of another start of the Server, when the Manager knows nothing
     * @param patience zero to be answered at once
     * @see #WAIT
     */
    record Wait(ManagerId manager, String mark, Duration patience) implements NewsOrder {}
}

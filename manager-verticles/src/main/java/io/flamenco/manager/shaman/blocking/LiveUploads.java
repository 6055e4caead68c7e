package io.flamenco.manager.shaman.blocking;

import io.flamenco.manager.shaman.domain.FileKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The uploads that this process is receiving. When one of a file has been stored, the others of that file are told. */
public final class LiveUploads {

    private final Map<FileKey, Set<Runnable>> live = new ConcurrentHashMap<>();

    /** How many there are. */
    public int count() {
        return live.values().stream().mapToInt(Set::size).sum();
    }

    /**
     * Remembers an upload.
     *
     * @param onOvertaken is run once when another upload of the file was stored first
     */
    void begun(FileKey key, Runnable onOvertaken) {
        live.compute(key, (same, others) -> {
            Set<Runnable> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(onOvertaken);
            return all;
        });
    }

    /** Forgets an upload, however it ended. */
    void ended(FileKey key, Runnable onOvertaken) {
        live.computeIfPresent(key, (same, others) -> {
            others.remove(onOvertaken);
            return others.isEmpty() ? null : others;
        });
    }

    /** Tells all other uploads of the file that it is stored. */
    void stored(FileKey key, Runnable except) {
        live.getOrDefault(key, Set.of()).stream()
                .filter(other -> !other.equals(except))
                .forEach(Runnable::run);
    }
}

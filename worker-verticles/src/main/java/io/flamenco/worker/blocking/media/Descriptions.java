package io.flamenco.worker.blocking.media;

import io.flamenco.shared.plugin.SettingDescription;
import java.util.List;
import java.util.stream.Stream;

/** Joins descriptions of settings. */
final class Descriptions {

    private Descriptions() {}

    static List<SettingDescription> of(List<SettingDescription> some, SettingDescription... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}

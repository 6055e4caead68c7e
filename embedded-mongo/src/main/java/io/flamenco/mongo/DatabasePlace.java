package io.flamenco.mongo;

import java.nio.file.Path;

/**
 * Where an embedded database is.
 *
 * @param directory with its files and nothing else
 * @param name letters, digits, {@code _} and {@code -}
 */
public record DatabasePlace(Path directory, String name) {}

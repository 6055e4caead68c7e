/**
 * Configuration files: YAML on disk to records that check themselves.
 *
 * <p>A role reads its file through {@link io.flamenco.shared.config.ConfigFile} and takes each setting from {@link
 * io.flamenco.shared.config.Settings}, which remembers every problem and reports all of them at once, by the key that
 * the user typed. Unknown keys are problems too, with the nearest known key as suggestion. An environment variable
 * {@code FLAMENCO_<ROLE>_<KEY>} wins over the file.
 */
@NullMarked
package io.flamenco.shared.config;

import org.jspecify.annotations.NullMarked;

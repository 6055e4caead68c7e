/**
 * The Manager's settings: every key of the Flamenco 2 Manager's YAML file, of layout version 1 and 2, and our additions.
 *
 * <p>{@link io.flamenco.manager.config.ManagerConfig#read} turns a file into records that are checked; all problems are
 * reported at once. Variables are looked up and put into tasks here too, since their meaning is their layout.
 */
@NullMarked
package io.flamenco.manager.config;

import org.jspecify.annotations.NullMarked;

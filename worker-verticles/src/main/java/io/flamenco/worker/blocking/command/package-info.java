/**
 * The commands that need no other program than themselves, besides {@code exec}: simple ones, those that move files about,
 * and the test pattern. What they take and do follows the Flamenco 2 Worker; where they differ, the class says so.
 */
@NullMarked
package io.flamenco.worker.blocking.command;

import org.jspecify.annotations.NullMarked;

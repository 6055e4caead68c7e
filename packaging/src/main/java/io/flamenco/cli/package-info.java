/**
 * The command line: one class per command, each of which reads as the list of what it does.
 *
 * <p>It decides which roles run in this process, from which file and data directory, and how the process ends. {@link
 * io.flamenco.cli.Flamenco} is the way in; {@link io.flamenco.cli.Failures} turns whatever goes wrong into one sentence
 * and an exit code of {@link io.flamenco.cli.process.ExitCode}; {@link io.flamenco.cli.process.RoleProcess} holds the process between
 * start and signal. Nothing here knows what a role does inside. It blocks its main thread on purpose, never an event
 * loop.
 */
@NullMarked
package io.flamenco.cli;

import org.jspecify.annotations.NullMarked;

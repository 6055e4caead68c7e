/**
 * Tests of the real jar: every role a process of its own on the loopback interface, every file in a temporary
 * directory, real Blender, FFmpeg and Chromium.
 *
 * <p>{@link io.flamenco.e2e.FlamencoProcess} is one process, {@link io.flamenco.e2e.SplitFarm} a Server, Managers and
 * Workers that can be killed one by one, {@link io.flamenco.e2e.DemoFarm} a small farm that has already worked;
 * {@link io.flamenco.e2e.OnDemoFarm} starts that once for all tests of pages. {@link io.flamenco.e2e.Wanted} decides what
 * happens when a program is missing.
 */
@NullMarked
package io.flamenco.e2e;

import org.jspecify.annotations.NullMarked;

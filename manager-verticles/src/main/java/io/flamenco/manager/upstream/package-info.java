/**
 * Everything the Manager says to its Server and hears from it. The Manager always calls; the Server never does.
 *
 * <p>The pusher empties the outbox of the scheduler and learns what to cancel and which logs to send; the fetcher downloads
 * new tasks and keeps those next in line fresh; the notifier tells that the Manager started and which task types its Workers
 * support; a fourth tells of the Workers and passes on what is wanted of them, when the Server is one of ours; a fifth sends
 * such a Server small pictures of what tasks make; a sixth waits for what is new there, so that the others call at once; the
 * uploader sends whole logs. Each decides when to call and when to try again, tells what it heard to the
 * scheduler, and stores nothing but the cursor of the last whole download. Nobody waits for them: a Server that is slow or
 * away costs nothing but freshness.
 */
@NullMarked
package io.flamenco.manager.upstream;

import org.jspecify.annotations.NullMarked;

/**
 * What is new for a Manager, told the moment it happens: the Server never calls, but a Manager of ours waits in a call of its
 * own, so that a job that was submitted is fetched, and a task that was canceled is stopped, at once.
 *
 * <p>{@link io.flamenco.server.news.ManagerNewsVerticle} hears {@link io.flamenco.server.news.NewsOrder#HAPPENED} and answers
 * {@link io.flamenco.server.news.NewsOrder#WAIT}. It says only of what kind the news are; the Manager then makes the calls
 * of the protocol that it would have made a little later anyway. So nothing is stored here, and nothing is lost with it: to a
 * Manager whose mark is not of this start everything is new.
 */
@NullMarked
package io.flamenco.server.news;

import org.jspecify.annotations.NullMarked;

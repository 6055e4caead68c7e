/**
 * Remembers for a day how busy the farm was and what each Worker did, for the plots of the web pages.
 *
 * <p>Hears status changes of Workers and tasks, and answers {@link io.flamenco.manager.history.HistoryOrders}. Once a minute it
 * counts the Workers and stores what is new: a sample of the farm, and one document for each Worker whose spans changed. So
 * what is kept is bounded by a day and by the number of Workers, whatever happens on the farm, and a crash costs at most
 * the last minute of the plots. Nothing else depends on it.
 */
@NullMarked
package io.flamenco.manager.history;

import org.jspecify.annotations.NullMarked;

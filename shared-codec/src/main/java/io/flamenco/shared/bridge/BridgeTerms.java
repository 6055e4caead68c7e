package io.flamenco.shared.bridge;

import io.flamenco.shared.time.Timers;
import java.time.Clock;

/**
 * On which terms a role lets people and tools use its bus; the same over SockJS and over TCP.
 *
 * @param table who may hear and send what
 * @param door tells who somebody is
 * @param orders carries out what is sent
 * @param places how many there may be
 * @param timers of the event loop on which they are used
 */
public record BridgeTerms(
        BridgeTable table, BridgeDoor door, BridgeOrders orders, BridgePlaces places, Clock clock, Timers timers) {}

/**
 * The event bus for people and tools: what they may hear and send, and what carries it to them.
 *
 * <p>A role gives its {@link io.flamenco.shared.bridge.BridgeTerms}: the one table of addresses and roles, who somebody is, how
 * orders are carried out. {@link io.flamenco.shared.bridge.SockJsBridge} and {@link
 * io.flamenco.shared.bridge.TcpBridgeVerticle} bring messages in the form of Vert.x's own bridges, so that its clients can be
 * used. Behind both, a {@code BridgeHub} per event loop listens to each address once and puts each fact into words once, and a
 * {@code BridgeConnection} holds each client to the limits. Stores nothing.
 */
@NullMarked
package io.flamenco.shared.bridge;

import org.jspecify.annotations.NullMarked;

/**
 * The Server's face to Managers, people and tools: reads requests, asks the owner of the state or reads the database,
 * and words the answers.
 *
 * <p>The only place with status codes. It owns nothing, so it runs once per core.
 */
@NullMarked
package io.flamenco.server.http;

import org.jspecify.annotations.NullMarked;

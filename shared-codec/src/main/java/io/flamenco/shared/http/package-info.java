/**
 * What the HTTP faces of Server and Manager share: failures as {@code application/problem+json}, credentials in
 * headers, limits on bodies, and the headers that keep browsers safe.
 */
@NullMarked
package io.flamenco.shared.http;

import org.jspecify.annotations.NullMarked;

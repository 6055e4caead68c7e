/**
 * What the HTTP faces of Server and Manager share: failures as {@code application/problem+json}, credentials in
 * headers, limits on bodies, the headers that keep browsers safe, and the files of the web pages.
 */
@NullMarked
package io.flamenco.shared.http;

import org.jspecify.annotations.NullMarked;

/**
 * The memory of who changed what.
 *
 * <p>Entries are written where requests are answered, and never changed. {@link io.flamenco.server.audit.AuditVerticle} only
 * removes those that are older than the farm wants to remember.
 */
@NullMarked
package io.flamenco.server.audit;

import org.jspecify.annotations.NullMarked;

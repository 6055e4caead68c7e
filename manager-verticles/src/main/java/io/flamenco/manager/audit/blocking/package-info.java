/** The file of the audit log. */
@NullMarked
package io.flamenco.manager.audit.blocking;

import org.jspecify.annotations.NullMarked;

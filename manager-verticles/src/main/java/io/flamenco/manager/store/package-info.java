/** What the Manager keeps in its database, and the only place that knows the names of collections and fields. */
@NullMarked
package io.flamenco.manager.store;

import org.jspecify.annotations.NullMarked;

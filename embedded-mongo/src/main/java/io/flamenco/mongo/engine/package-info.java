/**
 * Documents, indexes and queries over a {@link io.flamenco.mongo.storage.Storage}: the parts of mongo-java-server's H2 backend
 * that we replace. From that library come the commands, the matching of a document against a query, the update operators and the
 * aggregation stages; from here come where documents are kept, which of them a query has to look at, and what a bulk write answers.
 *
 * <p>A document is kept as its BSON bytes under its encoded {@code _id} in the map of its collection. A secondary index is a map of
 * its own, from the encoded values of its fields followed by the {@code _id} to that {@code _id}; see
 * {@link io.flamenco.mongo.engine.KeyBytes} for the encoding, whose byte order is MongoDB's order of values. So a
 * condition on the first fields of an index is a range of keys, a sort is a walk, and a count is a subtraction.
 * {@link io.flamenco.mongo.engine.Planner} picks the way that touches least; the library's matcher still checks every document
 * that is found, so an index can make a query faster but not wrong.
 *
 * <p>Everything here runs on the one thread that owns the storage.
 */
@NullMarked
package io.flamenco.mongo.engine;

import org.jspecify.annotations.NullMarked;

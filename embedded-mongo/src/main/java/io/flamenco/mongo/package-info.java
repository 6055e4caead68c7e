/**
 * The database of the farm, whichever it is. {@link io.flamenco.mongo.FarmDatabase} opens either a real MongoDB, when the
 * configuration names one, or {@link io.flamenco.mongo.EmbeddedMongo}: a server of MongoDB's wire protocol in this very
 * process, over a file. Callers get the same {@code MongoClient} in both cases and can't tell them apart; many
 * changes at once go the shorter way of {@link io.flamenco.mongo.FarmDatabase#change}.
 *
 * <p>{@link io.flamenco.mongo.Bson} is how callers write the types that JSON lacks: object ids, dates and bytes.
 */
@NullMarked
package io.flamenco.mongo;

import org.jspecify.annotations.NullMarked;

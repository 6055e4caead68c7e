package io.flamenco.mongo.engine;

import de.bwaldvogel.mongo.bson.Document;

/**
 * A document that matched; the caller may change it.
 *
 * @param bytes its size in the database
 */
record Found(Key key, Document document, int bytes) {}

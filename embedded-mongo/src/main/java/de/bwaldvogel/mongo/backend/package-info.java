/**
 * Our one class in mongo-java-server's own package, which makes what the library keeps to itself callable from
 * {@code io.flamenco.mongo.engine}: applying update operators, projections and the rules of upserts. The alternative is a copy of
 * some 1,500 lines of the library. The library's version is pinned, and the contract test notices when a new one behaves
 * differently. Null-marked is the class and not the package, for the rest of the package is not ours to mark.
 */
package de.bwaldvogel.mongo.backend;

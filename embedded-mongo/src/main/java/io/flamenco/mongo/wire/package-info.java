/**
 * MongoDB's wire protocol on a socket of the loopback interface. The library decodes and encodes messages; from here come the
 * login, the one thread on which all commands run, and answers that wait until what they acknowledge is on disk while later commands
 * are already being carried out.
 */
@NullMarked
package io.flamenco.mongo.wire;

import org.jspecify.annotations.NullMarked;

/** Records that wait until the registry returns their schema. */
package dev.ratchet.stream.deferred;

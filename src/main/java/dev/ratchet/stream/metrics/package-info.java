/** Counters of what became of the records. */
package dev.ratchet.stream.metrics;

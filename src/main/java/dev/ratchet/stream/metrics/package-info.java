/** Counters of record outcomes. */
package dev.ratchet.stream.metrics;

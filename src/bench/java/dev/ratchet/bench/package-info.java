/** What Ratchet costs, measured: {@code bin/benchmark}. Neither tested nor shipped. */
package dev.ratchet.bench;

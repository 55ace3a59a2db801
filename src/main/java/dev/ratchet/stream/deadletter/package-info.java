/** Dead letters: records that cannot be processed, their categories and headers. */
package dev.ratchet.stream.deadletter;

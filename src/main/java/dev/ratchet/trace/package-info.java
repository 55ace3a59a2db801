/** The trace context that records carry in their headers. */
package dev.ratchet.trace;

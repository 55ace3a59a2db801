/** From what the sources write to {@link dev.ratchet.task.StatusEvent}s, or to the reason why a record is none. */
package dev.ratchet.source;

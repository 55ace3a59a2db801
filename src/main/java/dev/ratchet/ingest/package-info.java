/**
 * Input records: converts bytes to a {@link dev.ratchet.task.StatusEvent}, or gives the reason why it cannot. One package for
 * each source; this package holds what the sources share.
 */
package dev.ratchet.ingest;

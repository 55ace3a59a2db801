/**
 * Input records: how bytes become a {@link dev.ratchet.task.StatusEvent}, or the reason why they do not. One package for each
 * source; what the sources share is here.
 */
package dev.ratchet.ingest;

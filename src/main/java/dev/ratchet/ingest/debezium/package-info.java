/** Change data capture: what Debezium writes about Conductor's {@code task} table. */
package dev.ratchet.ingest.debezium;

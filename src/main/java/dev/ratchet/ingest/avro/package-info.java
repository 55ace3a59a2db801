/** Native events and repair results: Avro records, and the same events as JSON for {@code ratchet replay}. */
package dev.ratchet.ingest.avro;

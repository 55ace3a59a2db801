/**
 * Conductor's webhook: the HTTP endpoints, the parser of notifications, and the producer that writes them to the events topic.
 * A notification is acknowledged once Kafka has stored it.
 */
package dev.ratchet.ingest.webhook;

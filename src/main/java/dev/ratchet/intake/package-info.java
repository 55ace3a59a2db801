/** Conductor's webhook: notifications of tasks become status events on their topic, and are answered once Kafka has them. */
package dev.ratchet.intake;

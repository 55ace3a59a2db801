/**
 * Repair and audit policy: what may be written back to Conductor, when, and what proves that the write held. Without HTTP,
 * Kafka or a clock.
 *
 * <p>{@link dev.ratchet.repair.RepairProtocol} is the entry point, {@link dev.ratchet.repair.RepairResult} the result.
 */
package dev.ratchet.repair;

/**
 * Repair and audit policy: what may be written to Conductor, when, and how the write
 * is verified. Without HTTP, Kafka or a clock.
 *
 * <p>{@link dev.ratchet.repair.RepairProtocol} is the entry point, {@link dev.ratchet.repair.RepairResult} the result.
 */
package dev.ratchet.repair;

/**
 * Setting a task right in Conductor: what may be written back, when, and how it is told that it held. The policy, without
 * HTTP, Kafka or a clock.
 *
 * <p>{@link dev.ratchet.repair.RepairProtocol} is the way in, {@link dev.ratchet.repair.RepairResult} the way out, {@link
 * dev.ratchet.repair.Conductor} the port to Conductor itself.
 */
package dev.ratchet.repair;

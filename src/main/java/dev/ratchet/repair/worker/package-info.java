/**
 * The repair worker: a Kafka consumer of repair commands. It calls Conductor and publishes the results. It runs apart from
 * the stream, so that no status event waits for Conductor.
 *
 * <p>{@link dev.ratchet.repair.worker.RepairWorker} is the entry point.
 */
package dev.ratchet.repair.worker;

package dev.ratchet.repair.worker;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the repair worker does now, from data in memory.
 *
 * @param running whether its thread runs; true before the start
 * @param sincePoll since it last polled Kafka, or tried a call again that Kafka or the registry did not answer
 * @param pending commands that are read and not executed
 * @param conductorAwaySince empty while Conductor is available, and before the first request to it
 * @param conductorAnsweredAt when Conductor last answered; empty before its first answer
 */
public record WorkerStatus(
        boolean running,
        Duration sincePoll,
        int pending,
        Optional<Instant> conductorAwaySince,
        Optional<Instant> conductorAnsweredAt) {
    /** Kafka removes a worker from its group that has not polled for this long. */
    public static final Duration LONGEST_PAUSE = WorkerKafkaClients.LONGEST_REPAIR;

    /** Whether a restart helps: its thread has ended, or is stuck. */
    public boolean isDead() {
        return !running || sincePoll.compareTo(LONGEST_PAUSE) > 0;
    }
}

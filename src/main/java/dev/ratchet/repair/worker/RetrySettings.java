package dev.ratchet.repair.worker;

import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Retries and pauses of the repair worker.
 *
 * @param writes maximum writes to Conductor per command, at least 1; each further attempt is a command of its own
 * @param betweenWrites pause after a write that did not hold
 * @param conductorUnavailable pause after a request that Conductor did not answer
 * @param infrastructureFailure pause after a failure of Kafka or the schema registry
 */
record RetrySettings(int writes, Backoff betweenWrites, Backoff conductorUnavailable, Backoff infrastructureFailure) {
    static RetrySettings defaults() {
        RandomGenerator random = RandomGenerator.getDefault();
        Backoff seconds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
        return new RetrySettings(
                3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), random), seconds, seconds);
    }
}

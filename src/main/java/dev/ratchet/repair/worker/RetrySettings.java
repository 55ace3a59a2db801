package dev.ratchet.repair.worker;

import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the repairer waits.
 *
 * @param writes how often one command may write to Conductor, at least 1; further attempts are further commands
 * @param betweenWrites that did not hold
 * @param conductorUnavailable between questions that Conductor did not answer
 * @param infrastructureFailure by Kafka or the schema registry
 */
record RetrySettings(int writes, Backoff betweenWrites, Backoff conductorUnavailable, Backoff infrastructureFailure) {
    static RetrySettings defaults() {
        RandomGenerator random = RandomGenerator.getDefault();
        Backoff seconds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
        return new RetrySettings(
                3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), random), seconds, seconds);
    }
}

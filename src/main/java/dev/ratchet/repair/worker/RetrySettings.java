package dev.ratchet.repair.worker;

import dev.ratchet.repair.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How the repairer waits.
 *
 * @param writes how often one command may write to Conductor, at least 1; further attempts are further commands
 * @param betweenWrites that did not hold
 * @param whileAway between questions that Conductor did not answer
 * @param whileHindered by Kafka or the schema registry
 */
record RetrySettings(int writes, Backoff betweenWrites, Backoff whileAway, Backoff whileHindered) {
    static RetrySettings usual() {
        RandomGenerator random = RandomGenerator.getDefault();
        Backoff seconds = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), random);
        return new RetrySettings(
                3, new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2), random), seconds, seconds);
    }
}

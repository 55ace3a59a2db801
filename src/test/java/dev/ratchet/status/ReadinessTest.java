package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.runtime.StoreRestoration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReadinessTest {
    private final Parts given = new Parts();

    @Test
    void processThatWaitsAtStartIsNotReadyAndSaysWhy() {
        given.parts.setWaitsFor("no Kafka broker answers");
        assertThat(given.failingReadiness()).containsExactly("stream: not started yet: no Kafka broker answers");
    }

    @Test
    void runningStreamIsReadyBeforeItsTimersAreEnabled() {
        given.withStream().timers.put(3, false);
        assertThat(given.failingReadiness()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RUNNING", "REBALANCING"},
            mode = Mode.EXCLUDE)
    void streamThatDoesNotRunIsNotReady(State state) {
        given.withStream().state = state;
        assertThat(given.failingReadiness()).containsExactly("stream: " + state);
    }

    @Test
    void rebalancingStreamIsReadyIfItProcessesPartitions() {
        given.withStream().state = State.REBALANCING;
        assertThat(given.failingReadiness()).isEmpty();
        given.timers = new TreeMap<>();
        assertThat(given.failingReadiness()).containsExactly("stream: REBALANCING");
    }

    @Test
    void startingStreamIsNotReadyBeforeAllItsPartitionsAre() {
        given.withStream().state = State.REBALANCING;
        given.hasRun = false;
        assertThat(given.failingReadiness()).containsExactly("stream: REBALANCING");
    }

    @Test
    void restoringStreamIsNotReady() {
        given.withStream().state = State.REBALANCING;
        given.restoring =
                List.of(new StoreRestoration("task-states", 3, 400, 900), new StoreRestoration("timers", 3, 0, 100));
        assertThat(given.failingReadiness())
                .containsExactly("stores: 2 stores of partitions [3] are being restored: 400 of up to 1000 records");
    }

    @Test
    void failingStreamIsNotReady() {
        given.withStream().failure = new IllegalStateException("no disk");
        assertThat(given.failingReadiness()).singleElement().asString().contains("no disk");
    }

    @Test
    void closedIntakeIsNotReady() {
        AtomicBoolean open = new AtomicBoolean();
        given.withStream().parts.setIntake(open::get);
        assertThat(given.failingReadiness()).containsExactly("intake: its producer is not ready");
        open.set(true);
        assertThat(given.failingReadiness()).isEmpty();
    }

    @Test
    void absentKafkaDoesNotChangeReadiness() {
        given.withStream().kafkaAwaySince = Parts.SINCE;
        assertThat(given.failingReadiness()).isEmpty();
    }
}

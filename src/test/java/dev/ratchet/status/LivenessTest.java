package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.repair.worker.WorkerStatus;
import dev.ratchet.stream.runtime.StoreRestoration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class LivenessTest {
    private final Parts given = new Parts();

    @Test
    void processThatWaitsAtStartIsAlive() {
        given.parts.setWaitsFor("no Kafka broker answers");
        assertThat(given.failingLiveness()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"PENDING_ERROR", "ERROR", "NOT_RUNNING"},
            mode = Mode.EXCLUDE)
    void streamThatMayContinueIsAlive(State state) {
        given.withStream().state = state;
        assertThat(given.failingLiveness()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING_ERROR", "ERROR", "NOT_RUNNING"})
    void endedStreamIsNotAlive(State state) {
        given.withStream().state = state;
        assertThat(given.failingLiveness()).singleElement().asString().contains("stream: ", state.name());
    }

    @Test
    void failureThatEndsProcessIsNotAlive() {
        given.withStream().failure = new IllegalStateException("no disk");
        assertThat(given.failingLiveness()).singleElement().asString().contains("the process ends", "no disk");
    }

    @Test
    void stalledWorkIsNotAlive() {
        given.withStream().stalled = Map.of("events-3 is not read on, offset", 42L);
        assertThat(given.failingLiveness())
                .singleElement()
                .asString()
                .contains("progress: ", "events-3 is not read on, offset=42");
    }

    @Test
    void stuckWatchdogIsNotAlive() {
        given.withStream().watchdogStuckFor = Duration.ofMinutes(7);
        assertThat(given.failingLiveness()).singleElement().asString().contains("watchdog: ", "420 s");
    }

    @Test
    void absentServicesAndRestorationAreAlive() {
        given.withStream().withWorker();
        given.kafkaAwaySince = Parts.SINCE;
        given.conductorAwaySince = Parts.SINCE;
        given.restoring = List.of(new StoreRestoration("task-states", 3, 0, 9));
        given.timers.put(3, false);
        assertThat(given.failingLiveness()).isEmpty();
    }

    @Test
    void endedRepairWorkerIsNotAlive() {
        given.withStream().withWorker().workerRuns = false;
        assertThat(given.failingLiveness()).containsExactly("repair-worker: its thread has ended");
    }

    @Test
    void repairWorkerWithoutPollIsNotAliveAfterLongestPause() {
        given.withStream().withWorker().sincePoll = WorkerStatus.LONGEST_PAUSE;
        assertThat(given.failingLiveness()).isEmpty();
        given.sincePoll = WorkerStatus.LONGEST_PAUSE.plusSeconds(1);
        assertThat(given.failingLiveness()).containsExactly("repair-worker: its thread is stuck: no poll for 601 s");
    }
}

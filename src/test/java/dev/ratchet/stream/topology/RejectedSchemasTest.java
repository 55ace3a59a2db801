package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.task.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Records whose schemas the registry rejects. */
class RejectedSchemasTest extends UnresolvedSchemasFixture {
    @Test
    void rejectedSchemaIsWaitedForWithoutFailingThread() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            send(harness, "t2", TaskStatus.SCHEDULED, 3, 0);
            harness.advance(Duration.ofMinutes(9));
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            registry.rejected.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 IN_PROGRESS 2");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void schemaRejectedForTenMinutesMakesDeadLetters() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            harness.advance(Duration.ofMinutes(9));
            send(harness, "t3", TaskStatus.SCHEDULED, 3, newer);
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(harness.readDeadLetters()).hasSize(2).allSatisfy(letter -> {
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "10 minutes", "403, error code 40301: Forbidden");
            });
            send(harness, "t2", TaskStatus.SCHEDULED, 4, 0);
            assertThat(published(harness)).contains("t2 SCHEDULED 1");
        }
    }

    @Test
    void outageDoesNotCountAsRejection() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            harness.advance(Duration.ofMinutes(30));
            registry.unavailable.clear();
            registry.rejected.add(newer);
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatRejectsEverythingDeadLettersNothing() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.rejectsAll = true;
            for (int i = 0; i < 20; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, i, newer);
                send(harness, "v" + i, TaskStatus.SCHEDULED, i, NOT_REGISTERED + i);
            }
            harness.advance(Duration.ofMinutes(30));
            harness.advance(Duration.ofMinutes(30));
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.rejectsAll = false;
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).hasSize(1 + 20);
            assertThat(harness.readDeadLetters()).hasSize(20);
        }
    }

    @Test
    void topicWithAllSchemasRejectedIsNotDeadLettered() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i < 20; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            harness.advance(Duration.ofMinutes(30));
            harness.advance(Duration.ofMinutes(30));
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.deferred()).isEqualTo(20);
        }
    }
}

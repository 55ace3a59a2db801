package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.stream.deferred.DeferredRecords;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Records that wait for a schema which the registry does not return. */
class UnresolvedSchemasTest extends UnresolvedSchemasFixture {
    @Test
    void onlyTaskThatNeedsSchemaWaits() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            harness.event(event(TaskStatus.COMPLETED, 3));
            send(harness, "t2", TaskStatus.SCHEDULED, 4, 0);
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(harness.counters.deferred()).isEqualTo(2);

            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 IN_PROGRESS 2", "t1 COMPLETED 3");
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isEqualTo(4);

            send(harness, "t1", TaskStatus.COMPLETED, 5, newer);
            assertThat(harness.counters.deferred()).as("no more records wait").isEqualTo(2);
        }
    }

    @Test
    void schemasAreWaitedForIndependently() {
        Schema third =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        third.addProp("revision", "3");
        int newest = registry.register(SUBJECT, third);
        registry.unavailable.addAll(List.of(newer, newest));
        try (TopologyHarness harness = harness()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, newer);
            send(harness, "t2", TaskStatus.SCHEDULED, 1, newest);
            registry.unavailable.remove(newest);
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t2 SCHEDULED 1");
        }
    }

    @Test
    void timersSkipTasksWithWaitingRecords() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness("ratchet.conductor.url", "http://localhost:9/api")) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            send(harness, "t1", TaskStatus.COMPLETED, 4, newer);
            harness.advance(Duration.ofMinutes(5));
            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            harness.advance(Duration.ofMinutes(5));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(harness.alerts.readValuesToList())
                    .extracting(TaskStatusAlert::getState)
                    .extracting(Object::toString)
                    .containsExactly("OPENED", "RESOLVED");
        }
    }

    @Test
    void fullWaitingSpaceFailsThread() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(newer);
            int room = (int) (DeferredRecords.MAX_BYTES / large.length);
            for (int i = 0; i < room; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large);
            }
            assertThat(harness.counters.deferred()).isEqualTo(room);
            assertThatThrownBy(() -> harness.events.pipeInput(TopologyHarness.bytes("t"), large))
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class)
                    .hasStackTraceContaining(room + " records wait already");
        }
    }

    @Test
    void repairResultsWaitForSchemas() {
        try (TopologyHarness harness = harness("ratchet.conductor.url", "http://localhost:9/api")) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.advance(Duration.ofMinutes(1));
            RepairCommand command = harness.commands.readValue();
            registry.unavailable.add(registry.register("any", RepairResult.getClassSchema()));
            harness.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(harness.counters.deferred()).isEqualTo(1);
            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.counters.answers(RepairState.Result.REPAIRED)).isEqualTo(1);
        }
    }
}

package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.stream.deferred.UnknownSchemas;
import dev.ratchet.stream.deferred.WrongRegistryException;
import dev.ratchet.stream.runtime.FatalFailure;
import dev.ratchet.task.TaskStatus;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** A registry that is the wrong one, or has lost its schemas, stops the stream. */
class WrongRegistryTest extends UnresolvedSchemasFixture {
    @Test
    void registryWithoutSchemasOfBacklogStopsStream() {
        assertBacklogStopsStream(NOT_REGISTERED);
    }

    @Test
    void registryWithOtherSchemasUnderSameIdsStopsStream() {
        assertBacklogStopsStream(registry.register(
                "orders-value", SchemaBuilder.record("shop.Order").fields().endRecord()));
    }

    private void assertBacklogStopsStream(int schema) {
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, schema);
            }
            assertThatThrownBy(() -> send(harness, "t", TaskStatus.SCHEDULED, 99, schema))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("task-status-events")
                    .hasMessageEndingWith("Unknown schema ids: [" + schema + "]")
                    .satisfies(cause -> assertThat(FatalFailure.advice(cause)).isPresent());
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatReturnsEmptyStopsStream() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i <= UnknownSchemas.MAX_UNPROVEN; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            registry.unavailable.clear();
            registry.unknown.add(newer);
            assertThatThrownBy(() -> harness.advance(RETRY_INTERVAL))
                    .hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatLosesSubjectsStopsStream() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.hasNoSubjects = true;
            assertThatThrownBy(() -> send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("to hold subject task-status-changelog-value");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }
}

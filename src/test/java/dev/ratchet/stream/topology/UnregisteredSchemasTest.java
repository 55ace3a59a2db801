package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.deferred.DeferredRecords;
import dev.ratchet.stream.deferred.UnknownSchemas;
import dev.ratchet.task.TaskStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Records whose schema ids the registry does not know. */
class UnregisteredSchemasTest extends UnresolvedSchemasFixture {
    @Test
    void unknownSchemaIsWaitedForOnce() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            harness.advance(UnknownSchemas.MAX_LATE.minusSeconds(2));
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(RETRY_INTERVAL.plusSeconds(1));
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
            send(harness, "t3", TaskStatus.SCHEDULED, 3, NOT_REGISTERED);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
            assertThat(harness.counters.deferred()).isEqualTo(1);
        }
    }

    @Test
    void lateSchemaLosesNoRecordWhileOthersStayUnknown() {
        registry.unknown.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < UnknownSchemas.MAX_LATE_IDS - 1; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            registry.unknown.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void numberOfUnknownSchemasThatWaitIsLimited() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < 2_000; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            assertThat(harness.counters.deferred()).isEqualTo(UnknownSchemas.MAX_LATE_IDS);
            assertThat(harness.readDeadLetters()).hasSize(2_000 - UnknownSchemas.MAX_LATE_IDS);
        }
    }

    @Test
    void recordsOfOneUnknownSchemaUseHalfOfSpace() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(NOT_REGISTERED);
            int half = (int) Math.ceil(DeferredRecords.MAX_BYTES / 2.0 / (large.length + 100));
            for (int i = 0; i < 2 * half; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large);
            }
            assertThat(harness.counters.deferred()).isEqualTo(half);
            assertThat(harness.readDeadLetters()).hasSize(half);
        }
    }

    @Test
    void badFirstRecordWaitsForProofAndIsDeadLetteredUnchanged() {
        try (TopologyHarness harness = harness()) {
            byte[] value = {0, 0, 0, 47, 11, 2};
            harness.events.pipeInput(new TestRecord<>(
                    TopologyHarness.bytes("t2"),
                    value,
                    new RecordHeaders().add("trace", TopologyHarness.bytes("abc")),
                    7L));
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isZero();

            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.advance(UnknownSchemas.MAX_LATE);
            List<TestRecord<byte[], byte[]>> deadLetters = harness.readDeadLetters();
            assertThat(deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(TopologyHarness.bytes("t2"));
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, "trace")).isEqualTo("abc");
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.topic")).isEqualTo("task-status-events");
                assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
            });
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1");
        }
    }

    @Test
    void lonelyBadRecordIsDeadLetteredAfterTenMinutes() {
        try (TopologyHarness harness = harness()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, NOT_REGISTERED);
            harness.advance(Duration.ofMinutes(9));
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void badRecordWaitsWhileRegistryIsUnavailable() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.isUnavailable = true;
            send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.isUnavailable = false;
            harness.advance(UnknownSchemas.MAX_LATE);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void badRecordWaitsWhileRegistryRejectsSubjectLookups() {
        registry.unknown.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.rejectsSubjects = true;
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.rejectsSubjects = false;
            harness.advance(UnknownSchemas.MAX_LATE);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }
}

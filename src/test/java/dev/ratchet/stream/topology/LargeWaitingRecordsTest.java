package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.deferred.UnknownSchemas;
import dev.ratchet.stream.deferred.WrongRegistryException;
import dev.ratchet.task.TaskStatus;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Records that are too large to wait for their schemas. */
class LargeWaitingRecordsTest extends UnresolvedSchemasFixture {
    @Test
    void recordTooLargeToWaitIsDeadLettered() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            byte[] value = large(newer);
            harness.events.pipeInput(TopologyHarness.bytes("t1"), value);
            assertThat(harness.readDeadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("TOO_LARGE");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "5904", "Send it again", "it is away");
            });
            assertThat(harness.counters.deadLetters(DeadLetterCategory.TOO_LARGE))
                    .isEqualTo(1);
            assertThat(harness.counters.deferred()).isZero();
        }
    }

    @Test
    void largeRecordIsReadWhenRegistryReturns() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            harness.events.pipeInput(TopologyHarness.bytes("t1"), large(newer));
            registry.unavailable.clear();
            sendLarge(harness, "t1", newer);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1");
            assertThat(categories(harness)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void largeRecordBehindWaitingRecordOfSameKeyIsDeadLettered() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, newer);
            sendLarge(harness, "t1", 0);
            sendLarge(harness, "t2", 0);
            assertThat(published(harness)).containsExactly("t2 SCHEDULED 1");
            assertThat(categories(harness)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void wrongRegistryStopsStreamBeforeDeadLetteringBacklog() {
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large(NOT_REGISTERED));
            }
            assertThat(categories(harness)).hasSize(UnknownSchemas.MAX_UNPROVEN).containsOnly("TOO_LARGE");
            assertThatThrownBy(() -> harness.events.pipeInput(TopologyHarness.bytes("t"), large(NOT_REGISTERED)))
                    .hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    private TopologyHarness harnessWithSmallRecords() {
        return harness("kafka.topic.max.message.bytes", "10000");
    }

    private static byte[] large(int schema) {
        byte[] value = new byte[6_000];
        ByteBuffer.wrap(value).put((byte) 0).putInt(schema);
        return value;
    }

    /** Valid, but too large because of its headers. */
    private void sendLarge(TopologyHarness harness, String task, int schema) {
        harness.events.pipeInput(new TestRecord<>(
                TopologyHarness.bytes(task),
                value(task, TaskStatus.SCHEDULED, 5, schema),
                new RecordHeaders().add("trace", new byte[6_000]),
                harness.clock()));
    }
}

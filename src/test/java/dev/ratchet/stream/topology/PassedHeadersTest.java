package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.TaskSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Which outputs have the trace headers of the record that caused them. */
class PassedHeadersTest extends DueTimersFixture {
    private static final String[] TRACE = {"traceparent", "tracestate", "baggage"};

    @Test
    void outputsHaveTheTraceOfTheirRecord() {
        try (TopologyHarness harness = harness()) {
            harness.event(of("t1", TaskStatus.COMPLETED, 2, TaskSource.NATIVE), headers());
            harness.event(of("t1", TaskStatus.IN_PROGRESS, 3, TaskSource.NATIVE), headers());
            assertThat(names(harness.changelog.readRecord())).containsExactly(TRACE);
            assertThat(names(harness.rejections.readRecord())).containsExactly(TRACE);
            assertThat(names(harness.alerts.readRecord())).containsExactly(TRACE);
        }
    }

    @Test
    void recordWithoutTraceDoesNotHaveThatOfTheOneBefore() {
        try (TopologyHarness harness = harness()) {
            harness.event(of("t1", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE), headers());
            harness.event(of("t2", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE));
            assertThat(names(harness.changelog.readRecord())).containsExactly(TRACE);
            assertThat(names(harness.changelog.readRecord())).isEmpty();
        }
    }

    @Test
    void outputsOfTimersHaveNoHeaders() {
        try (TopologyHarness harness = harness("ratchet.retention.live", "P2D")) {
            harness.event(of("stuck", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE), headers());
            loseTerminalStatus(harness);
            harness.event(of("other", TaskStatus.SCHEDULED, 1, TaskSource.NATIVE), headers());
            harness.changelog.readRecordsToList();
            harness.alerts.readRecordsToList();
            harness.advance(Duration.ofMinutes(1));
            assertThat(names(harness.commands.readRecord())).isEmpty();
            keepSourceActive(harness, 16);
            assertThat(names(harness.alerts.readRecord())).isEmpty();
            harness.changelog.readRecordsToList();
            for (int day = 0; day < 8; day++) {
                harness.advance(Duration.ofDays(1));
            }
            TestRecord<String, ?> tombstone = harness.changelog.readRecord();
            assertThat(tombstone.value()).isNull();
            assertThat(names(tombstone)).isEmpty();
        }
    }

    @Test
    void alertOfARepairResultHasItsTrace() {
        try (TopologyHarness harness = harness()) {
            loseTerminalStatus(harness);
            harness.advance(Duration.ofMinutes(1));
            harness.alerts.readRecordsToList();
            harness.resultHeaders = headers();
            harness.result(harness.commands.readValue(), RepairOutcome.NOT_REPAIRABLE, null);
            assertThat(names(harness.alerts.readRecord())).containsExactly(TRACE);
        }
    }

    @Test
    void deadLetterKeepsAllHeaders() {
        try (TopologyHarness harness = harness()) {
            harness.events.pipeInput(new TestRecord<>(
                    TopologyHarness.bytes("t1"), TopologyHarness.bytes("{}"), headers(), harness.clock()));
            assertThat(names(harness.readDeadLetters().get(0))).contains(TRACE).contains("other");
        }
    }

    private static Headers headers() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", new byte[55]).add("other", new byte[1]);
        headers.add("tracestate", new byte[9]).add("baggage", new byte[9]);
        return headers;
    }

    private static List<String> names(TestRecord<?, ?> record) {
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }
}

package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ChangelogConsumerTest {
    private static final TopicPartition PARTITION = new TopicPartition("task-status-changelog", 0);

    private final MockConsumer<String, TaskStatusChange> kafka =
            new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final ChangelogConsumer service = new ChangelogConsumer(kafka);
    private long offset;
    private long committed;

    @Test
    void currentStatusAndEndAreKept() {
        read(change(1, 1, TaskStatus.SCHEDULED, false), change(2, 1, TaskStatus.COMPLETED, false));

        assertThat(service.tasks.get("t1").getStatus()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(service.ends).isEqualTo(Map.of("t1/1", TaskStatus.COMPLETED));
        assertThat(committed).isEqualTo(2);
    }

    @Test
    void changesReadAgainChangeNothing() {
        TaskStatusChange first = change(1, 1, TaskStatus.SCHEDULED, false);
        TaskStatusChange second = change(2, 1, TaskStatus.COMPLETED, false);
        read(first, second, first);

        assertThat(service.tasks.get("t1")).isEqualTo(second);
        assertThat(service.ends).isEqualTo(Map.of("t1/1", TaskStatus.COMPLETED));
    }

    @Test
    void correctionReplacesEndOfItsEpoch() {
        read(change(1, 1, TaskStatus.COMPLETED, false), change(2, 1, TaskStatus.FAILED, true));
        assertThat(service.ends).isEqualTo(Map.of("t1/1", TaskStatus.FAILED));
    }

    @Test
    void correctionToOpenStatusRemovesEnd() {
        read(change(1, 1, TaskStatus.COMPLETED, false), change(2, 1, TaskStatus.IN_PROGRESS, true));
        assertThat(service.ends).isEmpty();
    }

    @Test
    void rerunHasAnEndOfItsOwn() {
        read(
                change(1, 1, TaskStatus.FAILED, false),
                change(2, 2, TaskStatus.SCHEDULED, false),
                change(3, 2, TaskStatus.COMPLETED, false));
        assertThat(service.ends).isEqualTo(Map.of("t1/1", TaskStatus.FAILED, "t1/2", TaskStatus.COMPLETED));
    }

    @Test
    void tombstoneRemovesTask() {
        read(change(1, 1, TaskStatus.SCHEDULED, false), change(2, 1, TaskStatus.COMPLETED, false), null);
        assertThat(service.tasks).isEmpty();
        assertThat(service.ends).as("what the service has concluded stays").hasSize(1);
    }

    @Test
    void changeAfterTombstoneIsApplied() {
        read(change(2, 1, TaskStatus.COMPLETED, false), null, change(1, 1, TaskStatus.SCHEDULED, false));
        assertThat(service.tasks.get("t1").getRevision()).isEqualTo(1);
    }

    /** In one poll; with the next one the service is closed. */
    private void read(TaskStatusChange... changes) {
        kafka.updateBeginningOffsets(Map.of(PARTITION, 0L));
        kafka.schedulePollTask(() -> {
            kafka.rebalance(List.of(PARTITION));
            for (TaskStatusChange change : changes) {
                kafka.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset++, "t1", change));
            }
        });
        kafka.schedulePollTask(() -> {
            committed = kafka.committed(Set.of(PARTITION)).get(PARTITION).offset();
            service.close();
        });
        service.run();
    }

    static TaskStatusChange change(long revision, int epoch, TaskStatus status, boolean correction) {
        return TaskStatusChange.newBuilder()
                .setTaskId("t1")
                .setWorkflowId("w1")
                .setTaskType("upload")
                .setReferenceTaskName("upload")
                .setStatus(status)
                .setEpoch(epoch)
                .setSequence(revision)
                .setRevision(revision)
                .setOccurredAt(Instant.EPOCH)
                .setCorrection(correction)
                .setSupersedes(correction ? revision - 1 : null)
                .setTerminal(status != TaskStatus.SCHEDULED && status != TaskStatus.IN_PROGRESS)
                .setSource(TaskSource.NATIVE)
                .build();
    }
}

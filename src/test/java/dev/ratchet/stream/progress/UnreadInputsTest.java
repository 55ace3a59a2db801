package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class UnreadInputsTest {
    private static final TopicPartition EVENTS = new TopicPartition("events", 3);
    private static final TopicPartition RESULTS = new TopicPartition("results", 3);
    private static final TopicPartition CHANGELOG = new TopicPartition("store-changelog", 3);

    private final CatchUpTracker catchUp = new CatchUpTracker();
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> starts = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(EVENTS, 10L, RESULTS, 0L));
    private final Set<TopicPartition> leaderless = new HashSet<>();
    private final Set<String> requests = new TreeSet<>();
    private final UnreadInputs inputs =
            new UnreadInputs(catchUp, List.of("events", "results"), List.of("changelog"), new Brokers());

    @Test
    void recordsAfterCommittedOffsetAreUnread() throws Exception {
        catchUp.assigned(3);
        committed.put(EVENTS, 4L);
        assertThat(unread()).containsExactly(Map.entry(EVENTS, 4L));
        committed.put(EVENTS, 10L);
        assertThat(unread()).isEmpty();
    }

    @Test
    void waitingInputProgressesWithOtherInputOfPartition() throws Exception {
        catchUp.assigned(3);
        committed.putAll(Map.of(EVENTS, 4L, RESULTS, 1L));
        ends.put(RESULTS, 5L);
        assertThat(unread()).containsOnly(Map.entry(EVENTS, 5L), Map.entry(RESULTS, 5L));
        committed.put(EVENTS, 8L);
        assertThat(unread()).containsEntry(RESULTS, 9L);
    }

    @Test
    void partitionCatchesUpUntilItsTimersAreEnabled() throws Exception {
        PartitionProgress progress = catchUp.assigned(3);
        committed.put(EVENTS, 4L);
        assertThat(catchingUp()).as("the end offsets are not set").containsExactly(Map.entry(3, 0L));
        progress.ends(Map.of(EVENTS, 10L, RESULTS, 0L));
        assertThat(catchingUp()).containsExactly(Map.entry(3, 4L));
        committed.put(EVENTS, 8L);
        assertThat(catchingUp()).containsExactly(Map.entry(3, 8L));
        committed.put(EVENTS, 10L);
        ends.put(EVENTS, 12L);
        assertThat(catchingUp()).as("nothing is left to do").containsExactly(Map.entry(3, 0L));
        committed.put(EVENTS, 12L);
        assertThat(catchingUp()).containsExactly(Map.entry(3, 0L));
        progress.done();
        assertThat(catchingUp()).isEmpty();
    }

    @Test
    void offsetsOfLastAnswerAreKept() throws Exception {
        assertThat(inputs.latest()).isEmpty();
        catchUp.assigned(3);
        committed.put(EVENTS, 4L);
        unread();
        assertThat(inputs.latest()).hasValueSatisfying(offsets -> {
            assertThat(offsets.committed()).containsExactly(Map.entry(EVENTS, 4L));
            assertThat(offsets.ends()).containsEntry(EVENTS, 10L);
        });
    }

    private Map<Integer, Long> catchingUp() throws Exception {
        return inputs.read(List.of()).catchingUp();
    }

    @Test
    void trailingTransactionMarkersAreRead() throws Exception {
        catchUp.assigned(3);
        catchUp.assigned().forEach(PartitionProgress::done);
        committed.put(EVENTS, 9L);
        catchUp.consumed(new ConsumerRecords<>(Map.of(), Map.of(EVENTS, new OffsetAndMetadata(10))));
        assertThat(unread()).isEmpty();
    }

    @Test
    void recordsRemovedByRetentionAreRead() throws Exception {
        catchUp.assigned(3);
        starts.put(EVENTS, 10L);
        assertThat(unread()).isEmpty();
    }

    @Test
    void partitionWithoutLeaderIsUnknownAndOthersAreKnown() throws Exception {
        TopicPartition other = new TopicPartition("events", 4);
        ends.remove(RESULTS);
        ends.putAll(Map.of(other, 8L, new TopicPartition("results", 4), 0L));
        catchUp.assigned(3);
        catchUp.assigned(4);
        assertThat(inputs.read(List.of(CHANGELOG))).satisfies(unread -> {
            assertThat(unread.inputs()).containsExactly(Map.entry(other, 0L));
            assertThat(unread.unknown()).containsExactlyInAnyOrder(RESULTS, CHANGELOG);
        });
    }

    @Test
    void outputPartitionWithoutLeaderThrowsTimeout() {
        catchUp.assigned(3);
        leaderless.add(new TopicPartition("changelog", 1));
        assertThatThrownBy(this::unread).isInstanceOf(TimeoutException.class).hasMessageContaining("changelog-1");
    }

    @Test
    void noPartitionsMeanNothingToRead() throws Exception {
        PartitionProgress lost = catchUp.assigned(3);
        catchUp.revoked(lost);
        assertThat(unread()).isEmpty();
    }

    @Test
    void brokersAreAskedWithoutPartitionsAndForRestoringChangelogs() throws Exception {
        inputs.read(List.of(CHANGELOG));
        assertThat(requests).containsExactly("committed", CHANGELOG.toString());
    }

    private Map<TopicPartition, Long> unread() throws Exception {
        return inputs.read(List.of()).inputs();
    }

    private final class Brokers implements InputOffsets {
        @Override
        public Map<TopicPartition, Long> committed() {
            requests.add("committed");
            return committed;
        }

        @Override
        public Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs) {
            return starts;
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs) {
            inputs.forEach(input -> requests.add(input.toString()));
            return ends;
        }

        @Override
        public Set<TopicPartition> leaderless(Collection<String> topics) {
            return leaderless;
        }
    }
}

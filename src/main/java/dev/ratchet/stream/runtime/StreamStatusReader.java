package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.CatchUpTracker;
import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.stream.progress.SourceActivityMonitor;
import dev.ratchet.stream.progress.UnreadInputs;
import dev.ratchet.stream.runtime.StreamStatus.InputStatus;
import dev.ratchet.stream.runtime.StreamStatus.StreamThreadStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of the stream from what its parts hold in memory. Asks no broker, so it also answers while none does.
 *
 * @param topics the input topics
 */
record StreamStatusReader(
        KafkaStreams streams,
        List<String> topics,
        CatchUpTracker catchUp,
        UnreadInputs unread,
        RestoreTracker restorations,
        StandbyTracker standbys,
        Watchdog watchdog,
        SourceActivityMonitor activity) {
    /** A check asks the brokers several times, with a timeout of some seconds each. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(1);

    /** Creates a reader. Tracks the stream's standby tasks from now on, so the stream must not have started. */
    static StreamStatusReader of(
            KafkaStreams streams,
            List<String> topics,
            CatchUpTracker catchUp,
            UnreadInputs unread,
            RestoreTracker restorations,
            Watchdog watchdog,
            SourceActivityMonitor activity) {
        StandbyTracker standbys = new StandbyTracker();
        streams.setStandbyUpdateListener(standbys);
        return new StreamStatusReader(streams, topics, catchUp, unread, restorations, standbys, watchdog, activity);
    }

    StreamStatus read(Optional<Throwable> failure) {
        Map<Integer, Boolean> timers = new TreeMap<>();
        List<PartitionProgress> assigned = catchUp.assigned();
        assigned.forEach(one -> timers.put(one.partition(), one.isDone()));
        Optional<UnreadInputs.Offsets> offsets = unread.latest();
        return new StreamStatus(
                streams.state(),
                restorations.hasRun(),
                failure,
                threads(),
                assigned.stream()
                        .flatMap(one -> topics.stream().map(topic -> input(one, topic, offsets)))
                        .sorted(Comparator.comparing(InputStatus::topic).thenComparing(InputStatus::partition))
                        .toList(),
                offsets.map(UnreadInputs.Offsets::at),
                restorations.restorations(),
                standbys.standbys(),
                timers,
                watchdog.stalled(),
                Optional.of(watchdog.sinceCheck())
                        .filter(since -> since.compareTo(watchdog.limit().plus(LONGEST_CHECK)) > 0),
                activity.kafkaAwaySince());
    }

    private List<StreamThreadStatus> threads() {
        return streams.metadataForLocalThreads().stream()
                .sorted(Comparator.comparing(ThreadMetadata::threadName))
                .map(thread -> new StreamThreadStatus(
                        thread.threadName(),
                        thread.threadState(),
                        tasks(thread.activeTasks()),
                        tasks(thread.standbyTasks())))
                .toList();
    }

    private static List<String> tasks(Set<TaskMetadata> tasks) {
        return tasks.stream()
                .map(TaskMetadata::taskId)
                .sorted()
                .map(String::valueOf)
                .toList();
    }

    private static InputStatus input(PartitionProgress one, String topic, Optional<UnreadInputs.Offsets> offsets) {
        TopicPartition input = new TopicPartition(topic, one.partition());
        return new InputStatus(
                topic,
                one.partition(),
                optional(one.positions().get(input)),
                optional(offsets.map(UnreadInputs.Offsets::committed)
                        .orElse(Map.of())
                        .get(input)),
                optional(
                        offsets.map(UnreadInputs.Offsets::ends).orElse(Map.of()).get(input)));
    }

    private static OptionalLong optional(@Nullable Long offset) {
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}

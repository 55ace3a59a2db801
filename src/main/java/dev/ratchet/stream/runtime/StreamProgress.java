package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.UnreadInputs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** The current work of the stream, and its progress. */
final class StreamProgress {
    private static final String RESTORING = "PARTITIONS_ASSIGNED";

    private final KafkaStreams streams;
    private final UnreadInputs inputs;
    private final RestoreTracker restoreTracker;
    private final long longestPoll;

    /** @param longestPoll a thread that has not polled for this many seconds counts as work without progress */
    StreamProgress(KafkaStreams streams, UnreadInputs inputs, RestoreTracker restoreTracker, long longestPoll) {
        this.streams = streams;
        this.inputs = inputs;
        this.restoreTracker = restoreTracker;
        this.longestPoll = longestPoll;
    }

    /** Always asks the brokers: waiting for a broker that does not answer is no stall. */
    Map<String, Object> now() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> work = new HashMap<>();
        if (!streams.state().isRunningOrRebalancing()) {
            return work;
        }
        UnreadInputs.Unread unread = inputs.read(restoreTracker.restoring());
        unread.inputs()
                .forEach((input, offset) -> work.put(input + " is not read on, offsets of its partition", offset));
        unread.catchingUp()
                .forEach((partition, steps) -> work.put(
                        "Timers of partition " + partition + " stay disabled, steps to enable them so far", steps));
        threads(work, unread.unknown().isEmpty());
        return work;
    }

    /**
     * Reads Kafka's metrics: the thread state in {@link ThreadMetadata} is from when the thread last ran.
     *
     * @param allAnswer whether all partitions have a leader; if not, restoration may wait for one
     */
    private void threads(Map<String, Object> work, boolean allAnswer) {
        Map<String, Object> polls = byTag("last-poll-seconds-ago", "client-id");
        Map<String, Object> states = byTag("state", "thread-id");
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            Object state = states.getOrDefault(thread.threadName(), "unknown");
            if (polls.get(thread.consumerClientId()) instanceof Double seconds
                    && (seconds < 0 || seconds > longestPoll)) { // negative: it has never polled
                work.put("Thread " + thread.threadName() + " does not poll, in state", state);
            } else if (allAnswer && state.equals(RESTORING)) {
                work.put(
                        "Thread " + thread.threadName() + " waits for the state of its partitions, steps so far",
                        restoreTracker.steps());
            }
        }
    }

    private Map<String, Object> byTag(String name, String tag) {
        Map<String, Object> values = new HashMap<>();
        for (Metric metric : streams.metrics().values()) {
            if (metric.metricName().name().equals(name)) {
                values.put(metric.metricName().tags().getOrDefault(tag, ""), metric.metricValue());
            }
        }
        return values;
    }
}

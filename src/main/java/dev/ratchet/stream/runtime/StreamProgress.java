package dev.ratchet.stream.runtime;

import dev.ratchet.stream.progress.UnreadInputs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;

/** What the stream has to do now, and how far it has come with it. */
final class StreamProgress implements Watchdog.Work {
    private static final String RESTORING = "PARTITIONS_ASSIGNED";

    private final KafkaStreams streams;
    private final UnreadInputs inputs;
    private final RestoreTracker restoreTracker;
    private final long longestPoll;

    /** @param longestPoll a thread that has not polled for so many seconds is told of */
    StreamProgress(KafkaStreams streams, UnreadInputs inputs, RestoreTracker restoreTracker, long longestPoll) {
        this.streams = streams;
        this.inputs = inputs;
        this.restoreTracker = restoreTracker;
        this.longestPoll = longestPoll;
    }

    /** Asks the brokers, whatever there is to do: what waits for one that does not answer is not the stream's fault. */
    @Override
    public Map<String, Object> now() throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> work = new HashMap<>();
        if (!streams.state().isRunningOrRebalancing()) {
            return work;
        }
        UnreadInputs.Unread unread = inputs.read(restoreTracker.restoring());
        unread.inputs()
                .forEach((input, offset) -> work.put(input + " is not read on, offsets of its partition", offset));
        threads(work, unread.unknown().isEmpty());
        return work;
    }

    /**
     * By Kafka's metrics: what {@link ThreadMetadata} says of a thread's state is from when it last ran.
     *
     * @param allAnswer whether all partitions have a leader; else the state of a thread's partitions may wait for one
     */
    private void threads(Map<String, Object> work, boolean allAnswer) {
        Map<String, Object> polls = byTag("last-poll-seconds-ago", "client-id");
        Map<String, Object> states = byTag("state", "thread-id");
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            Object state = states.getOrDefault(thread.threadName(), "unknown");
            if (polls.get(thread.consumerClientId()) instanceof Double seconds
                    && (seconds < 0 || seconds > longestPoll)) { // less than 0: it has never polled
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

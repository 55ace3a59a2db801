package dev.ratchet.stream.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * What the stream does now, from data in memory.
 *
 * @param state of Kafka Streams
 * @param hasRun whether it has been RUNNING since it was started
 * @param failure what ends the stream; empty while it runs
 * @param threads by name; without dead ones
 * @param inputs of the assigned partitions, in order
 * @param offsetsAt when the brokers last returned committed and end offsets
 * @param restoring stores of active tasks that are being restored
 * @param standbys stores of standby tasks
 * @param timersEnabled by assigned partition; false: the records that were there at assignment are not all read
 * @param stalled work without progress for the stall limit, as the watchdog found it; the stream ends
 * @param watchdogStuckFor how long the watchdog has not checked, if that is longer than it may take
 * @param kafkaAwaySince empty while a broker answers
 */
public record StreamStatus(
        State state,
        boolean hasRun,
        Optional<Throwable> failure,
        List<StreamThreadStatus> threads,
        List<InputStatus> inputs,
        Optional<Instant> offsetsAt,
        List<StoreRestoration> restoring,
        List<StandbyProgress> standbys,
        Map<Integer, Boolean> timersEnabled,
        Map<String, Object> stalled,
        Optional<Duration> watchdogStuckFor,
        Optional<Instant> kafkaAwaySince) {

    /**
     * One stream thread.
     *
     * @param state as Kafka Streams names it
     * @param activeTasks such as {@code 0_3}, in order
     */
    public record StreamThreadStatus(String name, String state, List<String> activeTasks, List<String> standbyTasks) {}

    /**
     * One input partition.
     *
     * @param position the consumer's; empty before its first poll
     * @param committed offset of the group; empty if it has none
     * @param end of the partition for readers of committed records; empty if no broker has returned it
     */
    public record InputStatus(
            String topic, int partition, OptionalLong position, OptionalLong committed, OptionalLong end) {
        /** {@return offsets up to the end that are neither read nor committed; empty if the end is unknown} */
        public OptionalLong lag() {
            return end.isPresent()
                    ? OptionalLong.of(Math.max(0, end.getAsLong() - Math.max(position.orElse(0), committed.orElse(0))))
                    : end;
        }
    }
}

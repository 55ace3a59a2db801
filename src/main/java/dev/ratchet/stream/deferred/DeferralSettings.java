package dev.ratchet.stream.deferred;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.timer.TimerStore;
import dev.ratchet.task.EventSource;
import dev.ratchet.topics.TopicPlan;
import org.apache.kafka.common.TopicPartition;

/**
 * How records are set aside whose schemas the registry does not tell.
 *
 * @param mostBytes what is kept of one record
 */
public record DeferralSettings(RegistryCheck check, int mostBytes) {
    /** For the key in the store, and the batch's own. */
    private static final int RESERVED = 4_096;

    public static DeferralSettings of(Settings settings, RegistryCheck check) {
        int maxMessageBytes = TopicPlan.stateBytes(settings).orElse(TopicPlan.KAFKAS_MAX_MESSAGE_BYTES);
        return new DeferralSettings(
                check, Math.min(KafkaClientSettings.maxRequestSize(settings.kafka()), maxMessageBytes) - RESERVED);
    }

    public DeferringReader reader(
            RecordReader reader, TopicPartition input, EventSource source, TimerStore store, EventCounters counters) {
        DeferredRecords records = new DeferredRecords(store, lane(source));
        return new DeferringReader(reader, input, records, check, mostBytes, counters);
    }

    /** Beyond those of the timers; they are in the stores of all who have run this version. */
    private static byte lane(EventSource source) {
        return switch (source) {
            case NATIVE -> 3;
            case AUDIT -> 4;
            case CDC, WEBHOOK ->
                throw new IllegalArgumentException("Expected an input with schemas in the registry, but got " + source);
        };
    }
}

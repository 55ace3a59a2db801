package dev.ratchet.stream.deferred;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.EventSource;
import dev.ratchet.topics.TopicPlan;
import org.apache.kafka.common.TopicPartition;

/**
 * How records are deferred whose schemas the registry does not return.
 *
 * @param mostBytes maximum size of one deferred record, in bytes
 */
public record DeferralSettings(RegistryCheck check, int mostBytes) {
    /** Reserved for the key in the store and the batch header, in bytes. */
    private static final int RESERVED = 4_096;

    public static DeferralSettings of(Settings settings, RegistryCheck check) {
        int maxMessageBytes = TopicPlan.stateBytes(settings).orElse(TopicPlan.KAFKAS_MAX_MESSAGE_BYTES);
        return new DeferralSettings(
                check, Math.min(KafkaClientSettings.maxRequestSize(settings.kafka()), maxMessageBytes) - RESERVED);
    }

    public DeferringReader reader(
            RecordReader reader, TopicPartition input, EventSource source, TimerStore store, EventCounters counters) {
        DeferredRecords records = new DeferredRecords(store, inputId(source));
        return new DeferringReader(reader, input, records, check, mostBytes, counters);
    }

    /** First byte of the keys, after those of the timers. They are stored: do not change them. */
    private static byte inputId(EventSource source) {
        return switch (source) {
            case NATIVE -> 3;
            case AUDIT -> 4;
            case CDC, WEBHOOK ->
                throw new IllegalArgumentException("Expected an input with schemas in the registry, but got " + source);
        };
    }
}

package dev.ratchet.stream.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Reports the consumer's positions to {@link CatchUpTracker} after each poll. A processor cannot know them: it does not
 * see transaction markers and aborted transactions. Kafka creates it by its class name.
 */
public final class ConsumedPositions implements ConsumerInterceptor<byte[], byte[]> {
    private static final String CATCH_UP = "ratchet.catch.up";
    private static final String INTERCEPTORS = ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG;

    private @Nullable CatchUpTracker catchUp;

    /**
     * Adds it to the interceptors of the main consumers.
     *
     * @param config of Kafka Streams; is changed
     */
    public static void install(Map<String, Object> config, CatchUpTracker catchUp) {
        String main = StreamsConfig.mainConsumerPrefix(INTERCEPTORS);
        Object given = List.of();
        for (String name : List.of(INTERCEPTORS, StreamsConfig.consumerPrefix(INTERCEPTORS), main)) {
            given = config.getOrDefault(name, given);
        }
        List<Object> all = new ArrayList<>((List<?>) ConfigDef.parseType(INTERCEPTORS, given, ConfigDef.Type.LIST));
        all.add(ConsumedPositions.class.getName());
        config.put(main, all);
        config.put(StreamsConfig.mainConsumerPrefix(CATCH_UP), catchUp);
    }

    @Override
    public void configure(Map<String, ?> config) {
        catchUp = (CatchUpTracker) config.get(CATCH_UP);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (catchUp != null) {
            catchUp.consumed(records);
        }
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}

package dev.ratchet.inspect;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/** Reads and decodes the committed records of Ratchet's topics, with {@link TopicReader}. Not thread-safe. */
public final class TopicConsumer implements AutoCloseable {
    /** Of a request; without any record for this long, the end of a topic is not reached. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RecordDecoder decoder;
    private final TopicReader reader;

    /**
     * Positions it at the first record of each partition.
     *
     * @param topics what to read
     * @throws NoSuchTopicException if one does not exist
     * @throws dev.ratchet.topics.BrokerUnavailableException if no broker answers, within 15 s
     */
    public TopicConsumer(Settings settings, Collection<RatchetTopic> topics) {
        decoder = new RecordDecoder(settings, AvroSerdes.registry(settings.serde()));
        List<String> names =
                topics.stream().map(topic -> topic.in(settings.topics())).toList();
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            for (RatchetTopic topic : topics) {
                String name = topic.in(settings.topics());
                if (admin.partitions(name).isEmpty()) {
                    throw new NoSuchTopicException(name, topic.creation(settings));
                }
            }
        }
        reader = new TopicReader(settings.kafka(), names, TIMEOUT);
    }

    /** Continues with the records that are written from now on. */
    public void seekToEnd() {
        reader.seekToEnd();
    }

    /** Continues with the first records whose timestamps are not earlier; in a partition without any, at its end. */
    public void seekTo(Instant time) {
        reader.seekTo(time);
    }

    /** Continues with these offsets, in the partitions that have one. */
    void seekTo(Map<TopicPartition, Long> offsets) {
        reader.seekTo(offsets);
    }

    /** Reads until the action returns false, or else for ever. */
    public void follow(Predicate<TopicRecord> action) {
        reader.follow(record -> action.test(decoder.decode(record)));
    }

    /** Reads up to the records that are committed now, or until the action returns false. */
    public void readToEnd(Predicate<TopicRecord> action) {
        reader.readToEnd(record -> action.test(decoder.decode(record)));
    }

    /** {@return the record at this place; empty if there is none} */
    public Optional<TopicRecord> find(int partition, long offset) {
        return reader.at(partition, offset).map(decoder::decode);
    }

    /** As {@link #readToEnd}, one partition after the other. */
    public void readEachToEnd(Predicate<TopicRecord> action, Runnable afterPartition) {
        reader.readEachToEnd(record -> action.test(decoder.decode(record)), afterPartition);
    }

    @Override
    public void close() {
        reader.close();
    }
}

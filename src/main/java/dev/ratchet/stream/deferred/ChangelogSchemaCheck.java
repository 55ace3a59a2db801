package dev.ratchet.stream.deferred;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.topics.BrokerUnavailableException;
import dev.ratchet.topics.TopicReader;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the registry is the one that the changelog was written with. Only Ratchet writes there, so a registry
 * that does not know the schema of its newest records is wrong or has lost its schemas.
 */
public final class ChangelogSchemaCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogSchemaCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Offsets to read at the end of each partition: some of them are transaction markers. */
    private static final int TAIL = 50;

    private ChangelogSchemaCheck() {}

    /**
     * Reads the end of the changelog and asks the registry.
     *
     * @return whether the registry is proven right; false if the changelog proves nothing, for example because it is
     *     empty
     * @throws WrongRegistryException if the registry does not know the schema
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or returns an error
     */
    public static boolean verify(SchemaRegistry registry, Settings settings) {
        OptionalInt id = AvroSerdes.areBuiltIn(settings.serde()) ? newest(settings) : OptionalInt.empty();
        if (id.isEmpty()) {
            return false;
        }
        String expected = TaskStatusChange.getClassSchema().getFullName();
        String found = name(registry, id.getAsInt()).orElse("nothing");
        if (!found.equals(expected)) {
            throw new WrongRegistryException(
                    ("Expected the schema registry at %s to hold %s under id %d, which the newest records of %s use,"
                                    + " but it holds %s: it is another registry, or has lost its schemas. Correct"
                                    + " ratchet.schema.registry.url, or import the schemas with their ids")
                            .formatted(
                                    settings.registry().shownUrl(),
                                    expected,
                                    id.getAsInt(),
                                    settings.topics().changelog(),
                                    found));
        }
        return true;
    }

    private static Optional<String> name(SchemaRegistry registry, int id) {
        try {
            Schema schema = registry.byId(id);
            return Optional.of(schema.getFullName());
        } catch (RegistryRefusedException refused) {
            if (refused.isNotFound()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static OptionalInt newest(Settings settings) {
        Newest newest = new Newest();
        try {
            TopicReader.find(settings.kafka(), settings.topics().changelog(), TAIL, PATIENCE, newest);
        } catch (AuthorizationException | BrokerUnavailableException unread) {
            LOG.warn(
                    "RATCHET-1301 Cannot read the changelog, so Ratchet cannot check that this is the registry"
                            + " it was written with. Check that the user may read the changelog. registry={}"
                            + " error={}",
                    settings.registry().shownUrl(),
                    unread.getMessage());
            return OptionalInt.empty();
        }
        return newest.schema;
    }

    private static final class Newest implements Predicate<ConsumerRecord<byte[], byte[]>> {
        private long timestamp = Long.MIN_VALUE;
        private OptionalInt schema = OptionalInt.empty();

        @Override
        public boolean test(ConsumerRecord<byte[], byte[]> record) {
            int id = DeferredRecord.schema(record.value());
            if (id >= 0 && record.timestamp() >= timestamp) {
                timestamp = record.timestamp();
                schema = OptionalInt.of(id);
            }
            return false;
        }
    }
}

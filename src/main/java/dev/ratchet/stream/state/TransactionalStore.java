package dev.ratchet.stream.state;

import dev.ratchet.config.Settings;
import java.io.IOException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBKeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's RocksDB store with transactions. A store that an unclean run without transactional stores left behind may
 * hold uncommitted records. Kafka rejects it but does not delete it, and would retry forever: this class deletes it,
 * and it is restored.
 */
public final class TransactionalStore extends RocksDBStore {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalStore.class);

    TransactionalStore(String name, String metricsScope) {
        super(name, metricsScope);
    }

    /** Whether stores keep uncommitted records apart, so that the state survives an unclean stop. */
    public static boolean isEnabled(Settings settings) {
        return Boolean.parseBoolean(
                String.valueOf(settings.kafka().get(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG))
                        .strip());
    }

    public static KeyValueBytesStoreSupplier supplier(String name) {
        return new RocksDBKeyValueBytesStoreSupplier(name, false) {
            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new TransactionalStore(name, metricsScope());
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        try {
            super.init(context, root);
        } catch (TaskCorruptedException leftOpen) {
            LOG.warn(
                    "RATCHET-1401 Store {} of task {} may hold uncommitted records, because a run without"
                            + " transactional stores did not stop cleanly. Ratchet deletes it and restores it"
                            + " from Kafka. Nothing is lost. No action is needed.",
                    name(),
                    context.taskId());
            delete();
            super.init(context, root);
        }
    }

    private void delete() {
        try {
            Utils.delete(dbDir);
        } catch (IOException e) {
            throw new ProcessorStateException("Expected to delete " + dbDir + ", but failed", e);
        }
    }
}

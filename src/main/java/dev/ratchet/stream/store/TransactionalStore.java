package dev.ratchet.stream.store;

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
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's RocksDB store where stores are transactional. One that a run without transactional stores has left open may hold what
 * was never committed. Kafka refuses to open it, but does not delete it either, and so tries in vain for ever: this one begins
 * anew.
 */
public final class TransactionalStore extends RocksDBStore {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionalStore.class);

    TransactionalStore(String name, String metricsScope) {
        super(name, metricsScope);
    }

    /** Whether Kafka's stores keep what is not committed apart, so that an unclean stop does not cost the state. */
    public static boolean isEnabled(Settings settings) {
        return Boolean.parseBoolean(
                String.valueOf(settings.kafka().get(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG))
                        .strip());
    }

    public static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new TransactionalStore(name, metricsScope());
            }

            @Override
            public String metricsScope() {
                return "rocksdb";
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        try {
            super.init(context, root);
        } catch (TaskCorruptedException leftOpen) {
            LOG.warn(
                    "Store {} of task {} may hold what was never committed, as a run without transactional stores did not end"
                            + " cleanly. It is deleted and read back from Kafka.",
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

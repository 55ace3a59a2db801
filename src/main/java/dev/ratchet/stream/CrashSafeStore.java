package dev.ratchet.stream;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Kafka's RocksDB store, with its first commit on disk at once. A transactional store keeps the changelog offset that it is
 * at within itself, but in memory until RocksDB has some megabytes to write. A process that is killed before leaves a store
 * without an offset, and Kafka then wipes all stores of that task: one that is written rarely costs those that are not.
 */
final class CrashSafeStore extends RocksDBStore {
    /** Kafka's store gives nobody its database, and never writes it out itself (KIP-892). */
    private static final Field DATABASE = database();

    private List<ColumnFamilyHandle> families = List.of();
    private boolean isOnDisk;

    private CrashSafeStore(String name, String metricsScope) {
        super(name, metricsScope);
    }

    static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new CrashSafeStore(name, metricsScope());
            }

            @Override
            public String metricsScope() {
                return "rocksdb";
            }
        };
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        isOnDisk = false;
        super.init(context, root);
    }

    @Override
    protected List<ColumnFamilyHandle> openRocksDB(
            DBOptions options, ColumnFamilyDescriptor first, ColumnFamilyDescriptor... others) {
        families = super.openRocksDB(options, first, others);
        return families;
    }

    @Override
    public synchronized void commit(Map<TopicPartition, Long> offsets) {
        super.commit(offsets);
        if (!isOnDisk && isOpen()) {
            writeOut();
            isOnDisk = true;
        }
    }

    private void writeOut() {
        try (FlushOptions atOnce = new FlushOptions().setWaitForFlush(true)) {
            ((RocksDB) DATABASE.get(this)).flush(atOnce, families);
        } catch (RocksDBException | IllegalAccessException e) {
            throw new ProcessorStateException("Expected to write the store " + name() + " to disk, but failed", e);
        }
    }

    private static Field database() {
        try {
            Field field = RocksDBStore.class.getDeclaredField("db");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("Expected Kafka's RocksDB store to have a field 'db', but it has none", e);
        }
    }
}

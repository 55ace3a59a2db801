package dev.ratchet.stream.state;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One limit of native memory for all RocksDB stores of the process: blocks, indexes, filters and memtables. Without it
 * each of about twelve stores would take up to 100 MB.
 */
public final class BoundedMemoryRocksDBConfig implements RocksDBConfigSetter {
    /** Name of the limit in the configuration of Kafka Streams: a {@link Long}, 16 MiB or more. */
    public static final String BYTES = "ratchet.state.memory.bytes";

    private static final boolean STRICT = false;
    private static final double FOR_INDICES_AND_FILTERS = 0.2;

    /** Share of a memtable that its filter takes. */
    private static final double MEMTABLE_FILTER = 0.05;

    private record Budget(Cache cache, WriteBufferManager writeBuffers) {}

    private static volatile @Nullable Budget shared;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        Budget budget = budget((Long) Objects.requireNonNull(configs.get(BYTES), BYTES));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(budget.cache())
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true);
        options.setTableFormatConfig(table).setWriteBufferManager(budget.writeBuffers());
        // A third of the lookups is for unknown tasks: filters at every level, and for the memtables.
        options.setOptimizeFiltersForHits(false)
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER);
    }

    @Override
    public void close(String store, Options options) {
        // Cache and write buffers are shared with the other stores.
    }

    /**
     * Publishes the native memory that all stores use together, and its limit. Both are safe to read at any time, unlike
     * what Kafka publishes of each store.
     *
     * @param bytes the limit
     */
    public static void publish(MeterRegistry registry, long bytes) {
        Gauge.builder("ratchet.state.memory.used", BoundedMemoryRocksDBConfig::usedMemory)
                .description("Native memory that the state of all partitions uses: RocksDB's block cache and memtables")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("ratchet.state.memory.max", () -> bytes)
                .description(
                        "Limit of the native memory, ratchet.state.memory.bytes; RocksDB may exceed it for a short time")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private static long usedMemory() {
        Budget budget = shared;
        return budget == null ? 0 : budget.cache().getUsage();
    }

    /** Lives as long as the process: stores are closed and opened again with each rebalance. */
    private static synchronized Budget budget(long bytes) {
        if (shared == null) {
            RocksDB.loadLibrary();
            Cache cache = new LRUCache(bytes, -1, STRICT, FOR_INDICES_AND_FILTERS);
            shared = new Budget(cache, new WriteBufferManager(bytes / 2, cache));
        }
        return shared;
    }
}

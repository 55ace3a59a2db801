package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** All stores of a process share one memory budget. */
class BoundedMemoryRocksDBConfigTest {
    private final List<Cache> caches = new ArrayList<>();
    private final List<WriteBufferManager> writeBuffers = new ArrayList<>();

    @Test
    void allStoresShareOneMemoryBudget() {
        RocksDB.loadLibrary();
        open("task-states");
        open("timers");
        new BoundedMemoryRocksDBConfig().close("timers", new Options());
        open("timers");
        assertThat(caches).hasSize(3).containsOnly(caches.get(0));
        assertThat(writeBuffers).hasSize(3).containsOnly(writeBuffers.get(0));
        assertThat(caches.get(0).isOwningHandle()).isTrue();
    }

    private void open(String store) {
        Options options = new Options();
        options.setTableFormatConfig(new RecordingTableConfig());
        new BoundedMemoryRocksDBConfig().setConfig(store, options, Map.of(BoundedMemoryRocksDBConfig.BYTES, 32L << 20));
        writeBuffers.add(options.writeBufferManager());
    }

    private final class RecordingTableConfig extends BlockBasedTableConfig {
        @Override
        public BlockBasedTableConfig setBlockCache(Cache cache) {
            caches.add(cache);
            return super.setBlockCache(cache);
        }
    }
}

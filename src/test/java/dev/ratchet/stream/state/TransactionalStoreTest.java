package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionalStoreTest {
    private static final Bytes KEY = Bytes.wrap(new byte[] {1});
    private static final byte[] LARGE = new byte[1 << 20];

    /** Records of 1 MiB, more than the 16 MiB memtable: RocksDB writes them to disk. */
    private static final int RECORDS = 60;

    @TempDir
    Path folder;

    @Test
    void uncleanStoreWithoutTransactionsIsDeletedAndRecreated() throws IOException {
        Path killed = killedStore();
        assertThatThrownBy(() -> Stores.persistentKeyValueStore("timers").get().init(context(killed, true), null))
                .isInstanceOf(TaskCorruptedException.class);
        KeyValueStore<Bytes, byte[]> store =
                TransactionalStore.supplier("timers").get();
        store.init(context(killed, true), store);
        assertThat(store.get(KEY)).isNull();
        store.close();
    }

    @Test
    void cleanlyClosedStoreIsKept() {
        KeyValueStore<Bytes, byte[]> before =
                Stores.persistentKeyValueStore("timers").get();
        before.init(context(folder, false), before);
        before.put(KEY, new byte[] {7});
        before.close();
        KeyValueStore<Bytes, byte[]> store =
                TransactionalStore.supplier("timers").get();
        store.init(context(folder, true), store);
        assertThat(store.get(KEY)).containsExactly(7);
        store.close();
    }

    /** {@return the files of a store after a kill} */
    private Path killedStore() throws IOException {
        Path running = folder.resolve("running");
        Path killed = folder.resolve("killed");
        KeyValueStore<Bytes, byte[]> store =
                Stores.persistentKeyValueStore("timers").get();
        store.init(context(running, false), store);
        for (byte i = 0; i < RECORDS; i++) {
            store.put(Bytes.wrap(new byte[] {i}), LARGE);
        }
        await().until(() ->
                files(running).stream().anyMatch(file -> file.toString().endsWith(".sst")));
        for (Path file : files(running)) {
            Path copy = killed.resolve(running.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        store.close();
        return killed;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static StateStoreContext context(Path state, boolean transactional) {
        Properties config = new Properties();
        config.put("application.id", "ratchet");
        config.put("bootstrap.servers", "localhost:9");
        config.put("processing.guarantee", "exactly_once_v2");
        config.put("enable.transactional.statestores", String.valueOf(transactional));
        return new MockProcessorContext<Void, Void>(config, new TaskId(0, 0), state.toFile()).getStateStoreContext();
    }
}

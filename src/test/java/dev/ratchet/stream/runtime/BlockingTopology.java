package dev.ratchet.stream.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.InMemoryKeyValueStore;

/** A stream topology that counts records, and blocks in its processor or in the restoration of its store, as a test sets it. */
final class BlockingTopology {
    private static final String STORE = "store";
    final AtomicInteger processed = new AtomicInteger();
    volatile boolean blocksProcessing;
    volatile boolean blocksRestoring;
    private final CountDownLatch released = new CountDownLatch(1);

    Topology topology(String topic) {
        Topology topology = new Topology();
        ByteArrayDeserializer raw = new ByteArrayDeserializer();
        topology.addSource("events", raw, raw, topic);
        topology.addProcessor("counting", CountingProcessor::new, "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(new BlockingStoreSupplier(), Serdes.ByteArray(), Serdes.ByteArray()),
                "counting");
        return topology;
    }

    /** Ends all blocking. */
    void release() {
        released.countDown();
    }

    boolean isReleased() {
        return released.getCount() == 0;
    }

    /** Ignores interrupts while waiting, like native code. */
    private void block() {
        boolean waits = true;
        while (waits) {
            try {
                released.await();
                waits = false;
            } catch (InterruptedException ignored) {
                waits = true;
            }
        }
    }

    private final class CountingProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private KeyValueStore<byte[], byte[]> store;

        @Override
        public void init(ProcessorContext<byte[], byte[]> context) {
            store = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (blocksProcessing) {
                block();
            }
            store.put(record.key(), record.value());
            processed.incrementAndGet();
        }
    }

    private final class BlockingStore extends InMemoryKeyValueStore {
        private BlockingStore() {
            super(STORE);
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            if (!blocksRestoring) {
                super.init(context, root);
                return;
            }
            context.register(root, (key, value) -> block());
        }
    }

    private final class BlockingStoreSupplier implements KeyValueBytesStoreSupplier {
        @Override
        public String name() {
            return STORE;
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return new BlockingStore();
        }

        @Override
        public String metricsScope() {
            return "in-memory";
        }
    }
}

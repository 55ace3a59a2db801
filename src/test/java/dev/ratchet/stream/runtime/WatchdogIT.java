package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.BrokerProcess;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams.State;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Which stalls end a running stream. */
@Timeout(300)
class WatchdogIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String STORE = "store";

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger processed = new AtomicInteger();
    private volatile boolean blocksProcessing;
    private volatile boolean blocksRestoring;
    private BrokerProcess kafka;
    private Settings settings;

    @BeforeEach
    void start() throws Exception {
        kafka = BrokerProcess.start(Files.createDirectory(folder.resolve("kafka")));
        settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.topic.partitions",
                        "1",
                        "ratchet.state.dir",
                        folder.resolve("state").toString(),
                        "ratchet.schema.registry.url",
                        "mock://watchdog",
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers()));
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        released.countDown();
        logger.detachAppender(log);
        kafka.close();
    }

    @Test
    void stuckThreadStopsStreamAndLogsItsStack() throws Exception {
        blocksProcessing = true;
        try (RatchetStream stream = stream()) {
            stream.start();
            produce(1);
            assertThat(end(stream).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .containsInstanceOf(StalledException.class);
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("-StreamThread-1 does not poll, in state=RUNNING")
                    .contains("WatchdogIT$CountingProcessor.process");
            released.countDown();
        }
    }

    @Test
    void stuckRestorationStopsStreamAndLogsItsStack() throws Exception {
        try (RatchetStream stream = stream()) {
            stream.start();
            produce(10);
            await().atMost(TIMEOUT).until(() -> processed.get() == 10);
        }
        blocksRestoring = true;
        try (RatchetStream stream = stream()) { // its store is in memory and has to be restored
            stream.start();
            assertThat(end(stream).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .containsInstanceOf(StalledException.class);
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("-StreamThread-1 waits for the state of its partitions, steps so far=")
                    .contains("-StateUpdater-1, WAITING")
                    .contains("WatchdogIT$BlockingStore.");
            released.countDown();
        }
    }

    @Test
    void unavailableBrokersAndIdlenessAreNoStall() throws Exception {
        try (RatchetStream stream = stream()) {
            CompletableFuture<Optional<Throwable>> end = end(stream);
            stream.start();
            await().atMost(TIMEOUT).until(() -> stream.state() == State.RUNNING);
            checks(stream, 60); // idle for three times the limit

            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                Thread flow = new Thread(() -> {
                    while (released.getCount() > 0) {
                        Future<?> unused = // sends fail when the broker is paused
                                producer.send(
                                        new ProducerRecord<>(settings.topics().events(), new byte[1], new byte[1]));
                    }
                });
                flow.start();
                await().atMost(TIMEOUT).until(() -> processed.get() > 0);
                kafka.pause();
                await().atMost(TIMEOUT).until(WatchdogIT::isWaitingForTheBroker);
                checks(stream, 3); // each waits longer for the brokers than the limit
                assertThat(isWaitingForTheBroker()).isTrue();
                released.countDown();
                flow.interrupt();
                flow.join();
                producer.close(Duration.ZERO);
            }
            kafka.resume();
            int before = processed.get();
            produce(1);
            await().atMost(TIMEOUT).until(() -> processed.get() > before);
            assertThat(end).isNotDone();
            assertThat(errors()).isEmpty();
        }
    }

    private static boolean isWaitingForTheBroker() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(one -> one.getKey().getName().contains("-StreamThread-"))
                .flatMap(one -> Stream.of(one.getValue()))
                .anyMatch(frame -> frame.getClassName().equals(KafkaProducer.class.getName()));
    }

    private static void checks(RatchetStream stream, int more) {
        long before = stream.watchdog().checks();
        await().atMost(TIMEOUT).until(() -> stream.watchdog().checks() >= before + more);
    }

    private RatchetStream stream() {
        Topology topology = new Topology();
        ByteArrayDeserializer raw = new ByteArrayDeserializer();
        topology.addSource("events", raw, raw, settings.topics().events());
        topology.addProcessor("counting", CountingProcessor::new, "events");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(new BlockingStoreSupplier(), Serdes.ByteArray(), Serdes.ByteArray()),
                "counting");
        return new RatchetStream(topology, settings, 1, new ProcessorDependencies(new EventCounters()), LIMIT);
    }

    private static CompletableFuture<Optional<Throwable>> end(RatchetStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.awaitEnd();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private KafkaProducer<byte[], byte[]> producer() {
        ByteArraySerializer raw = new ByteArraySerializer();
        return new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrapServers()), raw, raw);
    }

    private void produce(int count) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(settings.topics().events(), new byte[] {(byte) i}, new byte[1]))
                        .get();
            }
        }
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(line -> line.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
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

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.BrokerProcess;
import dev.ratchet.http.HttpServer;
import dev.ratchet.status.HealthEndpoint;
import dev.ratchet.status.InstanceParts;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.topology.ProcessorDependencies;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
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

    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(Watchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final BlockingTopology blocking = new BlockingTopology();
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
        blocking.release();
        logger.detachAppender(log);
        kafka.close();
    }

    @Test
    void stuckThreadStopsStreamAndLogsItsStack() throws Exception {
        blocking.blocksProcessing = true;
        try (RatchetStream stream = stream()) {
            stream.start();
            produce(1);
            assertThat(StreamEnd.of(stream).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessageStartingWith("No progress for 3 s"));
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("-StreamThread-1 does not poll, in state=RUNNING")
                    .contains("BlockingTopology$CountingProcessor.process");
            HttpResponse<String> live = get(stream, "/health/live");
            assertThat(live.statusCode()).isEqualTo(503);
            assertThat(live.body()).contains("-StreamThread-1 does not poll, in state=RUNNING", "the process ends");
            blocking.release();
        }
    }

    @Test
    void stuckRestorationStopsStreamAndLogsItsStack() throws Exception {
        try (RatchetStream stream = stream()) {
            stream.start();
            produce(10);
            await().atMost(TIMEOUT).until(() -> blocking.processed.get() == 10);
        }
        blocking.blocksRestoring = true;
        try (RatchetStream stream = stream()) { // its store is in memory and has to be restored
            stream.start();
            await().atMost(TIMEOUT).until(() -> !stream.status().restoring().isEmpty());
            HttpResponse<String> ready = get(stream, "/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("1 stores of partitions [0] are being restored: 0 of up to ");
            assertThat(StreamEnd.of(stream).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                    .hasValueSatisfying(failure -> assertThat(failure).hasMessageStartingWith("No progress for 3 s"));
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("-StreamThread-1 waits for the state of its partitions, steps so far=")
                    .contains("-StateUpdater-1, WAITING")
                    .contains("BlockingTopology$BlockingStore.");
            blocking.release();
        }
    }

    @Test
    void unavailableBrokersAndIdlenessAreNoStall() throws Exception {
        try (RatchetStream stream = stream()) {
            CompletableFuture<Optional<Throwable>> end = StreamEnd.of(stream);
            stream.start();
            await().atMost(TIMEOUT).until(() -> stream.state() == State.RUNNING);
            checks(stream, 60); // idle for three times the limit

            try (KafkaProducer<byte[], byte[]> producer = producer()) {
                Thread flow = new Thread(() -> {
                    while (!blocking.isReleased()) {
                        Future<?> unused = // sends fail when the broker is paused
                                producer.send(
                                        new ProducerRecord<>(settings.topics().events(), new byte[1], new byte[1]));
                    }
                });
                flow.start();
                await().atMost(TIMEOUT).until(() -> blocking.processed.get() > 0);
                kafka.pause();
                await().atMost(TIMEOUT).until(WatchdogIT::isWaitingForTheBroker);
                checks(stream, 3); // each waits longer for the brokers than the limit
                assertThat(isWaitingForTheBroker()).isTrue();
                assertThat(get(stream, "/health/live").statusCode()).isEqualTo(200);
                blocking.release();
                flow.interrupt();
                flow.join();
                producer.close(Duration.ZERO);
            }
            kafka.resume();
            int before = blocking.processed.get();
            produce(1);
            await().atMost(TIMEOUT).until(() -> blocking.processed.get() > before);
            assertThat(end).isNotDone();
            assertThat(errors()).isEmpty();
        }
    }

    private static HttpResponse<String> get(RatchetStream stream, String path) throws Exception {
        InstanceParts parts = new InstanceParts();
        parts.setStream(stream::status);
        HttpSettings anyPort = new HttpSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());
        try (HttpServer server = HttpServer.start(anyPort, List.of(new HealthEndpoint(parts)))) {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
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
        Topology topology = blocking.topology(settings.topics().events());
        return new RatchetStream(topology, settings, 1, new ProcessorDependencies(new ReadableEventCounters()), LIMIT);
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
}

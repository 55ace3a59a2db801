package dev.ratchet.demo;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Streams a recording through the real topology on a broker in this process, and prints a report. */
final class Demo {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final RecordedTrace trace;
    private final ProgressLine progress;
    private final PrintWriter out;

    private Demo(RecordedTrace trace, PrintWriter out) {
        this.trace = trace;
        this.out = out;
        this.progress = new ProgressLine(out);
    }

    /**
     * Runs the demo in a temporary folder, which it removes.
     *
     * @param trace the recording, or empty for the built-in one
     * @param exit whether to end after the report; otherwise the broker runs until the process is terminated
     * @return the exit code: 1 if the stream did not process the whole recording
     */
    static int run(Optional<Path> trace, boolean exit, PrintWriter out) throws Exception {
        QuietLogging.apply();
        RecordedTrace recording = trace.isPresent() ? RecordedTrace.read(trace.get()) : RecordedTrace.builtIn();
        Path folder = Files.createTempDirectory("ratchet-demo");
        Thread cleanup = new Thread(() -> remove(folder), "demo-cleanup");
        Runtime.getRuntime().addShutdownHook(cleanup);
        return new Demo(recording, out).run(folder, exit);
    }

    private int run(Path folder, boolean exit) throws Exception {
        out.println("Ratchet demo: " + trace.name());
        out.println();
        progress.begin("Starting a Kafka broker and a schema registry in this process");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(folder, kafka);
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            progress.done("at " + kafka.bootstrapServers());
            boolean isComplete = stream(settings, kafka);
            if (isComplete && !exit) {
                out.println("The broker runs at " + kafka.bootstrapServers()
                        + " until Ctrl-C: read its topics with any Kafka client, such as"
                        + " kafka-console-consumer. Its schema registry is in this process only, so 'ratchet run' cannot use"
                        + " it.");
                out.flush();
                new CountDownLatch(1).await();
            }
            return isComplete ? 0 : 1;
        }
    }

    private static Settings settings(Path folder, EmbeddedKafka kafka) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source",
                        "debezium",
                        "ratchet.state.dir",
                        folder.resolve("state").toString(),
                        "ratchet.schema.registry.url",
                        "mock://demo",
                        "ratchet.topic.partitions",
                        "2",
                        Settings.BOOTSTRAP_SERVERS,
                        kafka.bootstrapServers()));
    }

    private boolean stream(Settings settings, EmbeddedKafka kafka) throws Exception {
        progress.begin("Processing " + trace.lines().size() + " records of Conductor's task table");
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        MeterRegistry metrics = new SimpleMeterRegistry();
        try (RatchetStream stream = StreamFactory.of(settings, registry, new EventCounters(metrics));
                CollectedOutput output = new CollectedOutput(settings, kafka.bootstrapServers(), registry)) {
            stream.start();
            produce(settings.topics().cdc(), kafka);
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            boolean isComplete = false;
            while (!isComplete && System.nanoTime() < deadline) {
                output.poll();
                progress.tick(Totals.of(metrics).read() + " read");
                isComplete = Totals.of(metrics).read() >= trace.lines().size() && isAllOutputRead(output, metrics);
            }
            if (!isComplete) {
                progress.done("stopped after " + TIMEOUT.toSeconds() + " s: only "
                        + Totals.of(metrics).read() + " records were processed");
                return false;
            }
            progress.done(Totals.of(metrics).read() + " of " + trace.lines().size());
            out.println();
            new DemoReport(trace, output, metrics).print(out);
            return true;
        }
    }

    /** Counted records are committed a moment later. */
    private static boolean isAllOutputRead(CollectedOutput output, MeterRegistry metrics) {
        Totals totals = Totals.of(metrics);
        return output.changes.size() >= totals.changes()
                && output.rejections.size() >= totals.published()
                && output.deadLetters >= totals.deadLetters()
                && output.isAtEnd();
    }

    private void produce(String topic, EmbeddedKafka kafka) throws Exception {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = trace.lines().stream()
                    .map(line -> new ProducerRecord<>(topic, line.taskId().orElse(null), line.value()))
                    .map(producer::send)
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /** Retries, because broker and stream may still write to it while the process ends. */
    private static void remove(Path folder) {
        for (int tries = 20; Files.exists(folder); tries--) {
            try {
                removeOnce(folder);
            } catch (IOException | UncheckedIOException failure) {
                if (tries == 0) {
                    System.err.println("Expected to remove " + folder + ", but: " + failure);
                    return;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    private static void removeOnce(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package dev.ratchet.demo;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
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

/** Streams a recording through the real topology on a broker in this process, and tells what became of it. */
final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final RecordedTrace trace;
    private final ProgressLine progress;
    private final PrintWriter out;

    private Demo(RecordedTrace trace, PrintWriter out) {
        this.trace = trace;
        this.out = out;
        this.progress = new ProgressLine(out);
    }

    /**
     * Runs it from beginning to end, in a folder of its own which it removes.
     *
     * @param trace the recording, or empty for the built-in one
     * @param exit whether to end when all is told; else the broker stays up until the process is told to end
     * @return the exit code: 1 if the stream did not get through the recording
     */
    static int run(Optional<Path> trace, boolean exit, PrintWriter out) throws Exception {
        QuietLogging.please();
        RecordedTrace recording = trace.isPresent() ? RecordedTrace.read(trace.get()) : RecordedTrace.builtIn();
        Path folder = Files.createTempDirectory("ratchet-demo");
        Thread cleaning = new Thread(() -> remove(folder), "demo-cleaning");
        Runtime.getRuntime().addShutdownHook(cleaning);
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
            boolean through = stream(settings, kafka);
            if (through && !exit) {
                out.println("The broker stays up at " + kafka.bootstrapServers() + " until Ctrl-C.");
                out.flush();
                new CountDownLatch(1).await();
            }
            return through ? 0 : 1;
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
        progress.begin("Streaming " + trace.lines().size() + " changes of Conductor's task table through Ratchet");
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        EventCounters counters = new EventCounters();
        try (RatchetStream stream = StreamFactory.of(settings, registry, counters);
                CollectedOutput gathered = new CollectedOutput(settings, kafka.bootstrapServers(), registry)) {
            stream.start();
            produce(settings.topics().cdc(), kafka);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean through = false;
            while (!through && System.nanoTime() < deadline) {
                gathered.poll();
                progress.tick(counters.read() + " read");
                through = counters.read() >= trace.lines().size() && isComplete(gathered, counters);
            }
            if (!through) {
                progress.done("gave up after " + PATIENCE.toSeconds() + " s at record " + counters.read());
                return false;
            }
            progress.done("");
            out.println();
            new DemoReport(trace, gathered, counters).print(out);
            return true;
        }
    }

    /** What was counted is committed a moment later. */
    private static boolean isComplete(CollectedOutput gathered, EventCounters counters) {
        Totals totals = Totals.of(counters);
        return gathered.changes.size() >= totals.changes()
                && gathered.rejections.size() >= totals.published()
                && gathered.deadLetters >= totals.deadLetters()
                && gathered.isAtEnd();
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

    /** Several times, since broker and stream are still at work in it if the process was told to end. */
    private static void remove(Path folder) {
        for (int tries = 20; Files.exists(folder); tries--) {
            try {
                removeOnce(folder);
            } catch (IOException | UncheckedIOException left) {
                if (tries == 0) {
                    System.err.println("Expected to remove " + folder + ", but: " + left);
                    return;
                }
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
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

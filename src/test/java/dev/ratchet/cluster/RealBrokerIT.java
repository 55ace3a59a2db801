package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.embedded.EmbeddedKafka;
import dev.ratchet.stream.RatchetStream;
import dev.ratchet.stream.StreamAssembly;
import dev.ratchet.stream.Tally;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.wire.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every recording in, every topic out, on a real broker; Ratchet and the broker stopped and started in the middle. */
class RealBrokerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void everyRecordingComesOutAsExpectedThoughAllIsRestartedInTheMiddle() throws Exception {
        List<Recorded> all = new ArrayList<>();
        Recordings.NAMES.forEach(name -> all.addAll(Recordings.cdc(name)));
        int middle = all.size() / 2;
        Expectations expectations = new Expectations(Recordings.NAMES);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            Settings settings = settings(kafka);
            SchemaRegistry registry = SchemaRegistry.of(settings.serde());
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            Tally tally = new Tally();
            try (Outputs outputs = new Outputs(settings, registry)) {
                try (RatchetStream stream = StreamAssembly.of(settings, registry, tally)) {
                    stream.start();
                    Inputs.produce(settings, all.subList(0, middle));
                    await().atMost(PATIENCE).until(() -> outputs.poll().changes.size() > middle / 4);
                }
                kafka.restart();
                try (RatchetStream stream = StreamAssembly.of(settings, registry, tally)) {
                    stream.start();
                    Inputs.produce(settings, List.of(new Recorded("t1", "{\"op\":\"c\"")));
                    Inputs.produce(settings, all.subList(middle, all.size()));
                    await().atMost(PATIENCE)
                            .until(() -> expectations.areMet(outputs.poll()) && !outputs.deadLetters.isEmpty());
                }
                expectations.hold(outputs.poll());
                assertThat(outputs.deadLetters)
                        .extracting(RealBrokerIT::category)
                        .containsExactly("MALFORMED");
                assertThat(tally.read()).isEqualTo(all.size() + 1);
            }
        }
    }

    private static String category(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("ratchet.category").value(), StandardCharsets.UTF_8);
    }

    private Settings settings(EmbeddedKafka kafka) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source", "debezium",
                        "ratchet.topic.partitions", "3",
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", "mock://real-broker",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()));
    }
}

package dev.ratchet.cluster;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.task.TextLimits;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A broker, settings and contents of records far larger than a producer's default limit. */
abstract class LargeRecordsFixture {
    static final Duration TIMEOUT = Duration.ofMinutes(2);
    static final int INPUT_BYTES = 32 << 20;
    static final String REASON = "<html>" + "e".repeat(1_500_000);
    static final String ID = "i".repeat(2 << 20);
    static final String CUT = TextLimits.cut(REASON, TextLimits.REASON);

    @TempDir
    Path folder;

    EmbeddedKafka kafka;

    @BeforeEach
    void start() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stop() {
        kafka.close();
    }

    static Settings applied(Settings settings) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        return settings;
    }

    Settings settings(String source, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "ratchet.source", source,
                "ratchet.topic.partitions", "1",
                "ratchet.repair.settle", "PT0S",
                "ratchet.conductor.url", "http://localhost:9/api",
                "ratchet.http.port", "0",
                "ratchet.http.token", Webhook.TOKEN,
                "ratchet.state.dir", folder.resolve("state").toString(),
                "ratchet.schema.registry.url", "mock://large",
                "kafka.bootstrap.servers", kafka.bootstrapServers()));
        all.putAll(more);
        return Settings.load(Optional.empty(), Map.of(), all);
    }
}

package dev.ratchet.real;

import dev.ratchet.cluster.Outputs;
import dev.ratchet.config.Settings;
import dev.ratchet.embedded.EmbeddedKafka;
import dev.ratchet.stream.RatchetStream;
import dev.ratchet.stream.StreamAssembly;
import dev.ratchet.stream.Tally;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.wire.SchemaRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Ratchet in this process, reading what Debezium captures, and all that it says. */
final class RealStream implements AutoCloseable {
    final Settings settings;
    final Tally tally = new Tally();

    private final RatchetStream stream;
    private final Outputs outputs;

    private RealStream(Settings settings) {
        this.settings = settings;
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.apply(TopicPlan.of(settings));
        }
        SchemaRegistry registry = SchemaRegistry.of(settings.serde());
        this.outputs = new Outputs(settings, registry);
        this.stream = StreamAssembly.of(settings, registry, tally);
    }

    static RealStream start(Path folder, EmbeddedKafka kafka) {
        RealStream ratchet = new RealStream(Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.source",
                        "debezium",
                        "ratchet.topic.partitions",
                        "3",
                        "ratchet.state.dir",
                        folder.resolve("state").toString(),
                        "ratchet.schema.registry.url",
                        "mock://real-" + folder.getFileName(),
                        "kafka.bootstrap.servers",
                        kafka.bootstrapServers())));
        ratchet.stream.start();
        return ratchet;
    }

    Outputs outputs() {
        return outputs.poll();
    }

    /** The changelog of one task so far: its statuses, by revision. */
    List<String> statuses(String taskId) {
        return List.copyOf(outputs().changes).stream()
                .filter(change -> change.getTaskId().equals(taskId))
                .map(change -> change.getStatus().name())
                .toList();
    }

    /** The latest revision of one task; empty if there is none yet. */
    Optional<TaskStatusChange> last(String taskId) {
        return outputs().changes.stream()
                .filter(change -> change.getTaskId().equals(taskId))
                .reduce((before, after) -> after);
    }

    /** Of which tasks it says that Conductor has lost the end, and not yet that it is found. */
    Set<String> lostUpdates() {
        Set<String> open = new TreeSet<>();
        for (TaskStatusAlert alert : outputs().alerts) {
            if (alert.getKind() == AlertKind.LOST_UPDATE) {
                if (alert.getState() == AlertState.OPENED) {
                    open.add(alert.getTaskId());
                } else {
                    open.remove(alert.getTaskId());
                }
            }
        }
        return open;
    }

    @Override
    public void close() {
        stream.close();
        outputs.close();
    }
}

package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskStatusTopologyTest {
    private static final Map<String, String> REGISTRY = Map.of("schema.registry.url", "mock://task-status-topology");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path folder;

    private TopologyTestDriver driver;
    private TestInputTopic<String, TaskStatusChange> changelog;
    private TestInputTopic<String, Long> charges;
    private TestOutputTopic<String, String> withStatus;
    private TestOutputTopic<String, Long> live;

    @BeforeEach
    void start() {
        Properties settings = TaskStatusTopology.settings("localhost:9");
        settings.put("state.dir", folder.toString());
        driver = new TopologyTestDriver(TaskStatusTopology.build(REGISTRY), settings);
        AvroSerializer<TaskStatusChange> changes = new AvroSerializer<>(TaskStatusChange.class);
        changes.configure(REGISTRY, false);
        changelog = driver.createInputTopic("task-status-changelog", new StringSerializer(), changes);
        charges = driver.createInputTopic("charges", new StringSerializer(), new LongSerializer());
        withStatus =
                driver.createOutputTopic("charges-with-status", new StringDeserializer(), new StringDeserializer());
        live = driver.createOutputTopic("live-tasks-by-type", new StringDeserializer(), new LongDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void chargeGetsStatusOfItsTime() {
        changelog.pipeInput("t1", change(1, TaskStatus.SCHEDULED, false), START);
        changelog.pipeInput("t1", change(2, TaskStatus.COMPLETED, false), START.plusSeconds(10));
        charges.pipeInput("t1", 5L, START.plusSeconds(20));
        charges.pipeInput("t1", 3L, START.plusSeconds(5)); // late
        charges.pipeInput("t2", 1L, START.plusSeconds(20));

        assertThat(withStatus.readValuesToList()).containsExactly("5 COMPLETED", "3 SCHEDULED", "1 UNKNOWN");
    }

    @Test
    void countOfLiveTasksFollowsCorrections() {
        changelog.pipeInput("t1", change(1, TaskStatus.SCHEDULED, false), START);
        assertThat(live.readKeyValuesToMap()).isEqualTo(Map.of("upload", 1L));

        changelog.pipeInput("t1", change(2, TaskStatus.COMPLETED, false), START.plusSeconds(1));
        assertThat(live.readKeyValuesToMap()).isEqualTo(Map.of("upload", 0L));

        changelog.pipeInput("t1", change(3, TaskStatus.IN_PROGRESS, true), START.plusSeconds(1));
        assertThat(live.readKeyValuesToMap()).isEqualTo(Map.of("upload", 1L));

        changelog.pipeInput("t1", null, START.plusSeconds(2));
        assertThat(live.readKeyValuesToMap()).isEqualTo(Map.of("upload", 0L));
    }

    private static TaskStatusChange change(long revision, TaskStatus status, boolean correction) {
        return ChangelogConsumerTest.change(revision, 1, status, correction);
    }
}

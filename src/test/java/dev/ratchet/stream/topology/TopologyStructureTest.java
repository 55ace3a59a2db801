package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics, stores and processors of the topology under different settings. */
class TopologyStructureTest {
    @Test
    void topologyMatchesGoldenFile() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of("ratchet.source", "debezium", "ratchet.conductor.url", "http://localhost:8080/api"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings,
                new TopologyInputs(1, 1_000_000),
                registry,
                new ProcessorDependencies(new ReadableEventCounters()));
        Golden.check(
                Path.of("src/test/resources/topology.txt"),
                topology.get().describe().toString());
    }

    @Test
    void cdcTopicIsReadOnlyIfConfiguredAsSource() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of("ratchet.source", "native"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings,
                new TopologyInputs(1, 1_000_000),
                registry,
                new ProcessorDependencies(new ReadableEventCounters()));
        assertThat(topology.get().describe().toString())
                .contains(settings.topics().events())
                .doesNotContain(settings.topics().cdc())
                .doesNotContain("repair");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratchet.source=native",
                "ratchet.source=debezium",
                "ratchet.conductor.url=http://localhost:8080/api",
                "ratchet.conductor.url=http://localhost:8080/api ratchet.repair.mode=off",
                "ratchet.conductor.url=http://localhost:8080/api ratchet.repair.mode=off ratchet.audit.mode=on"
            })
    void storesDoNotDependOnSettings(String given) {
        Map<String, String> set = Stream.of(given.split(" ", -1))
                .collect(Collectors.toMap(one -> one.split("=", 2)[0], one -> one.split("=", 2)[1]));
        RatchetTopology topology = new RatchetTopology(
                Settings.load(Optional.empty(), Map.of(), set),
                new TopologyInputs(1, 1_000_000),
                SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn")),
                new ProcessorDependencies(new ReadableEventCounters()));
        assertThat(topology.get().describe().subtopologies()).singleElement().satisfies(only -> {
            assertThat(only.id()).isZero();
            assertThat(only.nodes().stream()
                            .filter(TopologyDescription.Processor.class::isInstance)
                            .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                            .distinct())
                    .containsExactlyInAnyOrder(TopologyNames.TASK_STATES, TopologyNames.TIMERS, TopologyNames.OUTPUTS);
        });
    }

    @Test
    void repairResultsAreReadWithRepairAndAuditsOff() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of("ratchet.conductor.url", "http://localhost:8080/api", "ratchet.repair.mode", "off"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings,
                new TopologyInputs(1, 1_000_000),
                registry,
                new ProcessorDependencies(new ReadableEventCounters()));
        assertThat(topology.get().describe().toString())
                .contains(settings.topics().repairResults())
                .doesNotContain(settings.topics().repairCommands());
        assertThat(StreamTopics.inputs(settings))
                .containsExactly(settings.topics().events(), settings.topics().repairResults());
    }
}

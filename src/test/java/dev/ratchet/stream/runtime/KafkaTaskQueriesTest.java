package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.runtime.TaskQueries.Unreadable;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class KafkaTaskQueriesTest {
    @Test
    void streamThatHasNotStartedOrHasEndedIsUnreadable() {
        Topology topology = new Topology().addSource("source", "input");
        topology.addProcessor("processor", Ignoring::new, "source");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(TopologyNames.TASK_STATES), Serdes.String(), Serdes.String()),
                "processor");
        Properties config = new Properties();
        config.put("application.id", "queries");
        config.put("bootstrap.servers", "localhost:9");
        try (KafkaStreams streams = new KafkaStreams(topology, config)) {
            KafkaTaskQueries queries = new KafkaTaskQueries(streams, "localhost:1", 1);
            assertUnreadable(queries);
            streams.close(Duration.ofSeconds(30));
            assertUnreadable(queries);
        }
    }

    private static final class Ignoring implements Processor<Object, Object, Void, Void> {
        @Override
        public void process(Record<Object, Object> record) {}
    }

    private static void assertUnreadable(KafkaTaskQueries queries) {
        assertThat(queries.find("t1")).isInstanceOf(Unreadable.class);
        assertThat(queries.others()).isEmpty();
        assertThat(queries.visitOpenAlerts(0, Optional.empty(), alert -> true)).isFalse();
    }
}

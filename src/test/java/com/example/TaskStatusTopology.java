package com.example;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Adds the task's status to each record of the service's own topic, and counts the live tasks of each type. */
public final class TaskStatusTopology {
    private TaskStatusTopology() {}

    static Topology build(Map<String, String> registry) {
        Serde<String> text = Serdes.String();
        Serde<Long> number = Serdes.Long();
        Serde<TaskStatusChange> change = Serdes.serdeFrom(
                new AvroSerializer<>(TaskStatusChange.class), new AvroDeserializer<>(TaskStatusChange.class));
        change.configure(registry, false);

        StreamsBuilder builder = new StreamsBuilder();
        // Versioned: a charge is joined with the status at the time of the charge, also if it is read later.
        KTable<String, TaskStatusChange> tasks = builder.table(
                "task-status-changelog",
                Consumed.with(text, change),
                Materialized.<String, TaskStatusChange>as(
                                Stores.persistentVersionedKeyValueStore("task-status", Duration.ofDays(1)))
                        .withKeySerde(text)
                        .withValueSerde(change));

        // charges: key is the task id, and there are as many partitions as the changelog has.
        builder.stream("charges", Consumed.with(text, number))
                .leftJoin(
                        tasks,
                        (cents, task) -> cents + " " + (task == null ? "UNKNOWN" : task.getStatus()),
                        Joined.with(text, number, change))
                .to("charges-with-status", Produced.with(text, text));

        // A correction needs no code: the table replaces the earlier change, and the count follows.
        tasks.filter((taskId, task) -> !task.getTerminal())
                .groupBy((taskId, task) -> KeyValue.pair(task.getTaskType(), taskId), Grouped.with(text, text))
                .count(Materialized.with(text, number))
                .toStream()
                .to("live-tasks-by-type", Produced.with(text, number));
        return builder.build();
    }

    static Properties settings(String bootstrapServers) {
        Properties settings = new Properties();
        settings.put("application.id", "my-streams-service");
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("processing.guarantee", "exactly_once_v2"); // and with it isolation.level=read_committed
        return settings;
    }

    public static void main(String[] args) {
        KafkaStreams streams = new KafkaStreams(build(Map.of("schema.registry.url", args[1])), settings(args[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
    }
}

package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings;
import dev.ratchet.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The packaged program as its own process, as an operator runs it beside all the rest. */
final class Ratchet implements AutoCloseable {
    private static final int START_WITHIN_SECONDS = 120;
    private static final int PARTITIONS = 3;

    private final Map<String, String> values = new TreeMap<>();
    private final Settings settings;
    private ChildProcess process;

    /** Its topics are there then. */
    Ratchet(TestEnvironment around) throws Exception {
        values.put("ratchet.source", "debezium");
        values.put("ratchet.topic.partitions", String.valueOf(PARTITIONS));
        values.put("ratchet.http.port", "0");
        values.put("ratchet.state.dir", around.folder.resolve("state").toString());
        values.put("ratchet.schema.registry.url", around.registry().url());
        values.put("ratchet.conductor.url", around.conductor().api());
        values.put("kafka.bootstrap.servers", around.kafka().bootstrapServers());
        // Killed, it is missed after six seconds and not after 45.
        values.put("kafka.main.consumer.session.timeout.ms", "6000");
        settings = Settings.load(Optional.empty(), Map.of(), values);
        try (ChildProcess apply = run("topics", "apply")) {
            assertThat(apply.exitCode()).as(apply.printed()).isZero();
        }
    }

    Settings settings() {
        return settings;
    }

    /** Returns once it is at work. */
    void start(RepairSettings.Mode mode) throws IOException {
        values.put("ratchet.repair.mode", mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        process = run("run");
        process.awaitReady(START_WITHIN_SECONDS, () -> process.printed().contains("Stream is RUNNING"));
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** What it has printed since it was started last. */
    String printed() {
        return process.printed();
    }

    /** Whether it has read all that Debezium has put there. */
    boolean hasReadAll() {
        try (Admin admin = Admin.create(settings.kafka())) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(
                            settings.application().id())
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, OffsetSpec> latest =
                    new TreeMap<>((one, other) -> Integer.compare(one.partition(), other.partition()));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                latest.put(new TopicPartition(settings.topics().cdc(), partition), OffsetSpec.latest());
            }
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            return ends.entrySet().stream()
                    .filter(end -> end.getValue().offset() > 0)
                    .allMatch(end -> read.get(end.getKey()) != null
                            && read.get(end.getKey()).offset() >= end.getValue().offset());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ChildProcess run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                System.getProperty("ratchet.jar")));
        command.addAll(List.of(arguments));
        values.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        return ChildProcess.start("Ratchet", LogFolder.of("ratchet"), Map.of(), command);
    }

    /** As an operator stops it. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}

package dev.ratchet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.cluster.RatchetProcess;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.registry.Apicurio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A broker, a real registry and the packaged Ratchet, for programs that read and write its topics. */
final class RunningExamples implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final int PARTITIONS = 2;

    final EmbeddedKafka kafka;
    final String registryUrl;
    private final Path folder;
    private final RatchetProcess ratchet;

    RunningExamples(Path folder) throws Exception {
        this.folder = folder;
        registryUrl = Apicurio.shared().url();
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        try (RatchetProcess apply = start("topics", "apply");
                RatchetProcess register = start("schemas", "register")) {
            assertThat(apply.await()).as(apply.output()).isZero();
            assertThat(register.await()).as(register.output()).isZero();
        }
        ratchet = start("run");
        await().atMost(PATIENCE).until(() -> {
            assertThat(ratchet.isAlive()).as(ratchet.output()).isTrue();
            return ratchet.output().contains("Stream is RUNNING");
        });
    }

    private RatchetProcess start(String... command) throws IOException {
        return RatchetProcess.start(
                folder,
                List.of(),
                Map.of(
                        "ratchet.topic.partitions", String.valueOf(PARTITIONS),
                        "ratchet.state.dir", folder.resolve("state").toString(),
                        "ratchet.schema.registry.url", registryUrl,
                        "ratchet.http.port", "0",
                        "kafka.bootstrap.servers", kafka.bootstrapServers()),
                command);
    }

    /** Runs the program until its output satisfies the condition; then ends it. */
    void run(List<String> command, OutputCheck check) throws Exception {
        Path output = Files.createTempFile(folder, "example", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<String> lines = Files.readAllLines(output);
                check.accept(lines);
            });
            assertThat(process.isAlive())
                    .as("%s runs on: %s", command, Files.readString(output))
                    .isTrue();
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Asserts on the lines that a program has printed so far. */
    interface OutputCheck {
        void accept(List<String> lines) throws Exception;
    }

    @Override
    public void close() {
        ratchet.close();
        kafka.close();
    }
}

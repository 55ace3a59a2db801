package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the packaged program leaves of the RocksDB library, and its output if loading fails. */
class NativeLibraryRunIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void killedProcessLeavesNothingInTemporaryFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = values(folder.resolve("state"), kafka.bootstrapServers(), registry.url());
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
                admin.apply(TopicPlan.of(settings));
            }
            for (int i = 0; i < 2; i++) {
                List<String> jvm = List.of("-Djava.io.tmpdir=" + temporary);
                try (RatchetProcess run = RatchetProcess.start(folder, jvm, List.of(), values, "run")) {
                    await().atMost(TIMEOUT).until(() -> run.output().contains("Stream is RUNNING"));
                    run.kill();
                }
            }
            assertThat(libraries(temporary)).isEmpty();
            assertThat(libraries(folder.resolve("state/.rocksdb"))).hasSize(1);
        }
    }

    @Test
    void noexecDiskEndsProcessWithOneLine() throws Exception {
        Path state = Files.createDirectory(folder.resolve("noexec"));
        Prerequisites.skipUnless(
                called("mount", "-t", "tmpfs", "-o", "size=64m,noexec", "tmpfs", state.toString()),
                "a disk that is mounted with noexec: it takes root and the right to mount");
        try {
            Map<String, String> values = values(state, "127.0.0.1:9", "http://127.0.0.1:9");
            try (RatchetProcess run = RatchetProcess.start(folder, values, "run")) {
                assertThat(run.await()).as(run.output()).isEqualTo(1);
                assertThat(run.output())
                        .contains("Expected to load RocksDB's native library from " + state.resolve(".rocksdb"))
                        .contains("noexec", "ROCKSDB_SHAREDLIB_DIR")
                        .doesNotContain("\tat ");
            }
        } finally {
            assertThat(called("umount", state.toString())).isTrue();
        }
    }

    private static List<Path> libraries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().contains("librocksdb")).toList();
        }
    }

    private static boolean called(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command).start();
            return process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    private static Map<String, String> values(Path state, String bootstrapServers, String registry) {
        return Map.of(
                "ratchet.topic.partitions",
                "2",
                "ratchet.state.dir",
                state.toString(),
                "ratchet.schema.registry.url",
                registry,
                "ratchet.http.port",
                "0",
                "kafka.session.timeout.ms",
                "6000",
                "kafka.bootstrap.servers",
                bootstrapServers);
    }
}

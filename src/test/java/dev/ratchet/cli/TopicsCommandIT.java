package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.demo.broker.EmbeddedKafka;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicsCommandIT {
    @TempDir
    Path directory;

    @Test
    void applyCreatesMissingTopics() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            String broker = "kafka.bootstrap.servers=" + kafka.bootstrapServers();

            CommandResult missing = CommandResult.ratchet("topics", "check", "--set", broker);
            assertThat(missing.exit()).isEqualTo(1);
            assertThat(missing.errLines()).isEmpty();
            assertThat(missing.outLines())
                    .hasSize(5)
                    .contains("Expected topic task-status-events (ratchet.topic.events) to exist, but it does not: run"
                            + " 'ratchet topics apply'.");

            CommandResult dry = CommandResult.ratchet("topics", "apply", "--dry-run", "--set", broker);
            assertThat(dry.exit()).isZero();
            assertThat(dry.outLines()).hasSize(5).allMatch(line -> line.startsWith("would create task-status-"));

            CommandResult applied = CommandResult.ratchet("topics", "apply", "--set", broker);
            assertThat(applied.exit()).isZero();
            assertThat(applied.outLines()).hasSize(5).allMatch(line -> line.startsWith("created task-status-"));

            CommandResult fine = CommandResult.ratchet("topics", "check", "--set", broker);
            assertThat(fine.exit()).isZero();
            assertThat(fine.outLines()).containsExactly("The topics are as they should be, with 6 partitions.");
        }
    }
}

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogOwnershipTest {
    @TempDir
    Path folder;

    @Test
    void onlyStoresOfApplicationAreDeleted() throws IOException {
        Path store = file("ratchet/0_11/rocksdb/timers/CURRENT");
        Path process = file("ratchet/kafka-streams-process-metadata");
        Path other = file("ratchet-2/0_0/rocksdb/timers/CURRENT");
        delete();
        assertThat(store).doesNotExist();
        assertThat(process).exists();
        assertThat(other).exists();
    }

    @Test
    void missingDirectoryIsAccepted() {
        delete();
        assertThat(folder).isEmptyDirectory();
    }

    private void delete() {
        ChangelogOwnership.deleteLocalState(Settings.load(
                        Optional.empty(),
                        Map.of(),
                        Map.of("ratchet.state.dir", folder.toString(), "kafka.bootstrap.servers", "localhost:9"))
                .application());
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }
}

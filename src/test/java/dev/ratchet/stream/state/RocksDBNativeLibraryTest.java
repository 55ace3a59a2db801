package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDBNativeLibraryTest {
    private static final String NAME = RocksDBNativeLibrary.fileName();

    @TempDir
    Path folder;

    private final List<String> loaded = new ArrayList<>();
    private Path directory;

    @BeforeEach
    void choose() {
        directory = folder.resolve("state/.rocksdb");
    }

    @Test
    void libraryIsUnpackedOnceAndStays() throws Exception {
        load();
        assertThat(files()).containsExactly(NAME);
        assertThat(directory.resolve(NAME)).isNotEmptyFile();
        Object first = identity();
        load();
        assertThat(identity()).isEqualTo(first);
        assertThat(files()).containsExactly(NAME);
        assertThat(loaded).containsExactly(directory.toString(), directory.toString());
    }

    @Test
    void corruptLibraryIsReplaced() throws Exception {
        load();
        byte[] library = Files.readAllBytes(directory.resolve(NAME));
        for (int length : new int[] {0, 1_000, library.length}) {
            byte[] other = Arrays.copyOf(library, length);
            if (length > 0) {
                other[length - 1]++;
            }
            Files.write(directory.resolve(NAME), other);
            load();
            assertThat(directory.resolve(NAME)).hasBinaryContent(library);
        }
        assertThat(files()).containsExactly(NAME);
    }

    @Test
    void oldPartialFilesAreRemovedAndRecentOnesKept() throws Exception {
        Files.createDirectories(directory);
        Path old = Files.createFile(directory.resolve("part1.tmp"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Files.createFile(directory.resolve("part2.tmp"));
        load();
        assertThat(files()).containsExactlyInAnyOrder(NAME, "part2.tmp");
    }

    @Test
    void loadFailureNamesDirectoryAndRemedy() {
        assertThatThrownBy(() -> RocksDBNativeLibrary.load(directory, directories -> {
                    throw new UnsatisfiedLinkError("failed to map segment: Operation not permitted");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Expected to load RocksDB's native library from " + directory + ", but: ")
                .hasMessageContainingAll(
                        "Operation not permitted", "noexec", "ratchet.state.dir", "ROCKSDB_SHAREDLIB_DIR");
    }

    @Test
    void directoryFailureNamesDirectory() throws Exception {
        Files.createFile(folder.resolve("state"));
        assertThatThrownBy(this::load)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.toString());
        assertThat(loaded).isEmpty();
    }

    private void load() {
        RocksDBNativeLibrary.load(directory, loaded::addAll);
    }

    private Object identity() throws IOException {
        return List.of(
                Files.getAttribute(directory.resolve(NAME), "unix:ino"),
                Files.getLastModifiedTime(directory.resolve(NAME)));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}

package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

/** Several processes load the RocksDB library from the same directory. */
class RocksDBNativeLibraryIT {
    private static final int PROCESSES = 4;

    @TempDir
    Path folder;

    @Test
    void concurrentProcessesLoadLibrary() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                            "-cp",
                            System.getProperty("java.class.path"),
                            LoadLibrary.class.getName(),
                            folder.resolve("state").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log" + i).toFile())
                    .start());
        }
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(processes.get(i).waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(folder.resolve("log" + i)).hasContent("loaded");
        }
        assertThat(files("state/.rocksdb")).containsExactly(RocksDBNativeLibrary.fileName());
        assertThat(files("tmp")).isEmpty();
    }

    private List<String> files(String of) throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve(of))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }

    /** Main class of a process that loads and uses the library. */
    public static final class LoadLibrary {
        private LoadLibrary() {}

        public static void main(String[] arguments) {
            RocksDBNativeLibrary.load(Path.of(arguments[0]));
            try (Options options = new Options()) {
                options.setCreateIfMissing(true);
                System.out.println(options.createIfMissing() ? "loaded" : "not loaded");
            }
        }
    }
}

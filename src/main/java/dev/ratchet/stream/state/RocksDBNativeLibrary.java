package dev.ratchet.stream.state;

import dev.ratchet.stream.StartFailedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native library from one permanent file. RocksDB itself unpacks it into a new temporary file at each
 * start: 15 MB that a killed process leaves behind. It also does so only when the first store is opened, too late for a
 * clear message.
 */
public final class RocksDBNativeLibrary {
    private static final String DIRECTORY = ".rocksdb";

    /** RocksDB's own environment variable for the same purpose. */
    private static final String OTHER_DIRECTORY = "ROCKSDB_SHAREDLIB_DIR";

    private static final String PART = "part";
    private static final Duration OLD = Duration.ofHours(1);

    private RocksDBNativeLibrary() {}

    /**
     * Loads the library, unless it is loaded.
     *
     * @throws IllegalStateException if it cannot be unpacked or loaded there
     */
    public static void load(Path stateDirectory) {
        Path directory = Optional.ofNullable(System.getenv(OTHER_DIRECTORY))
                .map(Path::of)
                .orElse(stateDirectory.resolve(DIRECTORY));
        load(directory.toAbsolutePath(), RocksDB::loadLibrary);
    }

    /**
     * Loads the library from a permanent file in this directory.
     *
     * @param loading loads it from the first of these directories that has it
     */
    public static synchronized void load(Path directory, Consumer<List<String>> loading) {
        try {
            unpack(directory);
            loading.accept(List.of(directory.toString()));
        } catch (IOException | LinkageError failure) {
            throw new StartFailedException(
                    ("Expected to load RocksDB's native library from %s, but: %s. The directory must be writable,"
                                    + " have 20 MB free, and not be mounted with noexec. Set ratchet.state.dir, or"
                                    + " ROCKSDB_SHAREDLIB_DIR in the environment, to such a directory.")
                            .formatted(directory, failure),
                    failure);
        }
    }

    /** Unpacks the library atomically: another process may unpack or load it at the same time. */
    private static void unpack(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(fileName());
        byte[] library = library();
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), library)) {
            return;
        }
        removeOldParts(directory);
        Path part = Files.createTempFile(directory, PART, null);
        try {
            Files.write(part, library);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The name that {@link RocksDB#loadLibrary(List)} looks for; in the jar it has another name. */
    static String fileName() {
        return Environment.getJniLibraryFileName("rocksdbjni");
    }

    private static byte[] library() throws IOException {
        for (String name : new String[] {
            Environment.getJniLibraryFileName("rocksdb"), Environment.getFallbackJniLibraryFileName("rocksdb")
        }) {
            try (InputStream found = name == null ? null : RocksDB.class.getResourceAsStream("/" + name)) {
                if (found != null) {
                    return found.readAllBytes();
                }
            }
        }
        throw new FileNotFoundException("there is no library for this platform, " + System.getProperty("os.name")
                + " on " + System.getProperty("os.arch"));
    }

    /**
     * Deletes temporary files of processes that were killed while they unpacked. Younger files may belong to a running
     * process.
     */
    private static void removeOldParts(Path directory) throws IOException {
        Instant old = Instant.now().minus(OLD);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, PART + "*")) {
            for (Path part : parts) {
                if (Files.getLastModifiedTime(part).toInstant().isBefore(old)) {
                    Files.deleteIfExists(part);
                }
            }
        }
    }
}

package dev.ratchet.stream.state;

import java.nio.file.Path;

/** RocksDB's native library cannot be unpacked or loaded. The message says what to do. */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NativeLibraryException(Path directory, Throwable cause) {
        super(
                ("Expected to load RocksDB's native library from %s, but: %s. The directory must be writable,"
                                + " have 20 MB free, and not be mounted with noexec. Set ratchet.state.dir, or"
                                + " ROCKSDB_SHAREDLIB_DIR in the environment, to such a directory.")
                        .formatted(directory, cause),
                cause);
    }
}

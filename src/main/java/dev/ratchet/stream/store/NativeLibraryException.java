package dev.ratchet.stream.store;

import java.nio.file.Path;

/** The native library of RocksDB cannot be put or loaded where it is to be. The message says what to do. */
public final class NativeLibraryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NativeLibraryException(Path directory, Throwable cause) {
        super(
                ("Expected to load RocksDB's native library from %s, but: %s. The directory must be writable, with 20 MB of"
                                + " room, and on a disk that is not mounted with noexec. Set ratchet.state.dir, or"
                                + " ROCKSDB_SHAREDLIB_DIR in the environment, to one that is.")
                        .formatted(directory, cause),
                cause);
    }
}

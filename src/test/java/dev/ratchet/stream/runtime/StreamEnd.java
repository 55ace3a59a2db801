package dev.ratchet.stream.runtime;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Waits for the end of a stream in another thread. */
final class StreamEnd {
    private StreamEnd() {}

    /** {@return the failure that ends the stream, once it ends} */
    static CompletableFuture<Optional<Throwable>> of(RatchetStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return stream.awaitEnd();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}

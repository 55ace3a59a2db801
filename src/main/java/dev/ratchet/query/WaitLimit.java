package dev.ratchet.query;

import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.RequestRejectedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Limits how many requests are in progress. They occupy memory and connections, but no thread. */
final class WaitLimit {
    private final int most;
    private final String what;
    private final Semaphore free;

    /** @param what the requests, in words */
    WaitLimit(int most, String what) {
        this.most = most;
        this.what = what;
        this.free = new Semaphore(most);
    }

    /**
     * Starts one more.
     *
     * @return what the action returns; when that is complete, another may start
     * @throws RequestRejectedException with 503 if there are too many
     */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> action) {
        if (!free.tryAcquire()) {
            throw new RequestRejectedException(
                    ErrorResponse.refused(503, "Expected at most " + most + " " + what + " at once, but got another"));
        }
        CompletableFuture<T> result;
        try {
            result = action.get();
        } catch (RejectedExecutionException e) {
            free.release();
            throw new RequestRejectedException(Queries.unreadable("Ratchet stops"));
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
        return result.whenComplete((value, failure) -> free.release());
    }
}

package dev.ratchet.query;

import dev.ratchet.stream.runtime.TaskQueries;
import dev.ratchet.stream.runtime.TaskQueries.Answer;
import dev.ratchet.stream.runtime.TaskQueries.Unreadable;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests that wait for the status of a task. One thread reads their tasks, as often as the stream commits. */
final class StatusWaits implements AutoCloseable {
    private static final int INTERVAL_MS = 100;

    private record Wait(
            String taskId,
            TaskStatus asked,
            TaskQueries queries,
            long deadline,
            CompletableFuture<Answer<Optional<TrackedTask>>> answer) {
        /** Completes it if it is decided, if the task cannot be read here any more, or if it is over. */
        boolean check() {
            if (answer.isDone()) {
                return true;
            }
            Answer<Optional<TrackedTask>> found = queries.find(taskId);
            boolean isOver = System.nanoTime() - deadline >= 0;
            if (isOver || isDecided(asked, found)) {
                answer.complete(found);
                return true;
            }
            return false;
        }
    }

    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread created = new Thread(task, "receipts");
        created.setDaemon(true);
        return created;
    });

    StatusWaits() {
        var unused = thread.scheduleWithFixedDelay(
                () -> waits.removeIf(StatusWaits::check), INTERVAL_MS, INTERVAL_MS, TimeUnit.MILLISECONDS);
    }

    private static boolean check(Wait wait) {
        try {
            return wait.check();
        } catch (RuntimeException e) { // which must not end the thread for the others
            wait.answer().completeExceptionally(e);
            return true;
        }
    }

    /** Whether waiting longer may not change the answer, or the wait must go on elsewhere. */
    static boolean isDecided(TaskStatus asked, Answer<Optional<TrackedTask>> found) {
        return found.fold(
                task -> task.map(known -> Receipts.of(asked, known.task()).definite())
                        .orElse(false),
                owner -> true,
                reason -> true);
    }

    /** {@return what is known of the task when it is decided, or at the end of the wait} */
    CompletableFuture<Answer<Optional<TrackedTask>>> await(
            TaskQueries queries, String taskId, TaskStatus asked, Duration wait) {
        Wait added = new Wait(taskId, asked, queries, System.nanoTime() + wait.toNanos(), new CompletableFuture<>());
        waits.add(added);
        if (thread.isShutdown()) {
            stop(added);
        }
        return added.answer();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        waits.forEach(StatusWaits::stop);
    }

    private static void stop(Wait wait) {
        wait.answer().complete(new Unreadable<>("Ratchet stops"));
    }
}

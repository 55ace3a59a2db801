package dev.ratchet.repair.audit;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.open.TopicReadFailedException;
import dev.ratchet.repair.worker.ResultPublisher;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Compares all tasks with Conductor, one after the other, and publishes the differences for the stream. */
public final class FullAudit {
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(3);
    private static final IntervalFunction BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(10));

    private final Settings settings;
    private final ConductorClient conductor;
    private final Optional<AuditCheckpoint> checkpoint;
    private final AuditListener listener;

    /**
     * Creates an audit.
     *
     * @param conductor limits the rate
     * @param checkpoint where to resume and where to save the progress; empty: from the beginning
     */
    public FullAudit(
            Settings settings,
            ConductorClient conductor,
            Optional<AuditCheckpoint> checkpoint,
            AuditListener listener) {
        this.settings = settings;
        this.conductor = conductor;
        this.checkpoint = checkpoint;
        this.listener = listener;
    }

    /**
     * Runs the audit.
     *
     * @param endedToo also audit tasks that have ended
     * @param registry for published results; empty: none are published
     * @return the findings, up to the point where Conductor or Kafka became unavailable
     * @throws TopicReadFailedException if the tasks cannot be read
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses a schema
     */
    public AuditProgress run(boolean endedToo, Optional<SchemaRegistry> registry) {
        List<AuditRequest> all = AuditableTasks.read(settings, endedToo);
        Optional<String> after = checkpoint.flatMap(AuditCheckpoint::lastTaskId);
        List<AuditRequest> tasks = after.isEmpty()
                ? all
                : all.stream()
                        .filter(task -> task.taskId().compareTo(after.get()) > 0)
                        .toList();
        listener.onStart(tasks.size(), all.size() - tasks.size());
        Optional<ResultPublisher> publisher = registry.map(known -> new ResultPublisher(settings, known));
        try {
            AuditProgress report = audit(tasks, publisher);
            if (report.stopped().isEmpty()) {
                checkpoint.ifPresent(AuditCheckpoint::remove);
            }
            return report;
        } finally {
            publisher.ifPresent(ResultPublisher::close);
        }
    }

    private AuditProgress audit(List<AuditRequest> tasks, Optional<ResultPublisher> publisher) {
        FullAuditRun run = new FullAuditRun(
                tasks.size(), conductor, publisher, listener, BACKOFF, Sleeper.blocking(), Clock.systemUTC());
        long lastProgress = System.nanoTime();
        try {
            for (AuditRequest task : tasks) {
                run.audit(task);
                if (run.isConductorUnavailable()) {
                    return stop(run, "Conductor is unavailable: " + run.lastFailure());
                }
                if (System.nanoTime() - lastProgress > PROGRESS_INTERVAL.toNanos()) {
                    saveCheckpoint(run);
                    listener.onProgress(run.progress(Optional.empty()));
                    lastProgress = System.nanoTime();
                }
            }
            run.countUnanswered();
            return run.progress(Optional.empty());
        } catch (KafkaException e) {
            return stop(run, "Could not publish to Kafka: " + e.getMessage());
        }
    }

    private AuditProgress stop(FullAuditRun run, String why) {
        saveCheckpoint(run);
        return run.progress(Optional.of(why));
    }

    private void saveCheckpoint(FullAuditRun run) {
        checkpoint.ifPresent(file -> run.lastDone().ifPresent(file::write));
    }
}

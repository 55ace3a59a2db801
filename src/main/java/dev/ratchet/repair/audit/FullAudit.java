package dev.ratchet.repair.audit;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.Sleeper;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.Backoff;
import dev.ratchet.repair.open.TopicReadFailedException;
import dev.ratchet.repair.worker.ResultPublisher;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;

/** Asks Conductor about all tasks, one after the other, and posts what it holds differently to the stream. */
public final class FullAudit {
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(3);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), RandomGenerator.getDefault());

    private final Settings settings;
    private final ConductorClient conductor;
    private final Optional<AuditCheckpoint> checkpoint;
    private final AuditListener listener;

    /**
     * A sweep that is ready to be run.
     *
     * @param conductor whom it asks, as fast as that one lets it
     * @param checkpoint where to go on, and where to write how far it has come; empty: from the beginning
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
     * Runs it.
     *
     * @param endedToo also about tasks that have ended
     * @param registry for what is posted; empty: nothing is
     * @return what was found; if Conductor or Kafka went away, up to then
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
                    return stop(run, "Conductor gave no answer: " + run.lastFailure());
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
            return stop(run, "Kafka did not take an event: " + e.getMessage());
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

package dev.ratchet.repairer;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.Backoff;
import dev.ratchet.repair.Conductor;
import dev.ratchet.repair.Pause;
import dev.ratchet.wire.SchemaRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;

/** Asks Conductor about all tasks, one after the other, and posts what it holds differently to the stream. */
public final class Sweep {
    private static final Duration BETWEEN_NEWS = Duration.ofSeconds(3);
    private static final Backoff BACKOFF =
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), RandomGenerator.getDefault());

    private final Settings settings;
    private final Conductor conductor;
    private final Optional<Checkpoint> checkpoint;
    private final SweepListener listener;

    /**
     * A sweep that is ready to be run.
     *
     * @param conductor whom it asks, as fast as that one lets it
     * @param checkpoint where to go on, and where to write how far it has come; empty: from the beginning
     */
    public Sweep(Settings settings, Conductor conductor, Optional<Checkpoint> checkpoint, SweepListener listener) {
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
     * @throws SweepFailedException if the tasks cannot be read
     * @throws dev.ratchet.wire.RegistryException if the registry does not answer, or refuses a schema
     */
    public SweepReport run(boolean endedToo, Optional<SchemaRegistry> registry) {
        List<AuditRequest> all = HeldTasks.read(settings, endedToo);
        Optional<String> after = checkpoint.flatMap(Checkpoint::last);
        List<AuditRequest> tasks = after.isEmpty()
                ? all
                : all.stream()
                        .filter(task -> task.taskId().compareTo(after.get()) > 0)
                        .toList();
        listener.begins(tasks.size(), all.size() - tasks.size());
        Optional<Publisher> publisher = registry.map(known -> new Publisher(settings, known));
        try {
            SweepReport report = ask(tasks, publisher);
            if (report.stopped().isEmpty()) {
                checkpoint.ifPresent(Checkpoint::remove);
            }
            return report;
        } finally {
            publisher.ifPresent(Publisher::close);
        }
    }

    private SweepReport ask(List<AuditRequest> tasks, Optional<Publisher> publisher) {
        SweepRun run = new SweepRun(
                tasks.size(), conductor, publisher, listener, BACKOFF, Pause.sleeping(), Clock.systemUTC());
        long lastNews = System.nanoTime();
        try {
            for (AuditRequest task : tasks) {
                run.ask(task);
                if (run.isHopeless()) {
                    return end(run, "Conductor gave no answer: " + run.lastFailure());
                }
                if (System.nanoTime() - lastNews > BETWEEN_NEWS.toNanos()) {
                    keep(run);
                    listener.goesOn(run.report(Optional.empty()));
                    lastNews = System.nanoTime();
                }
            }
            run.settle();
            return run.report(Optional.empty());
        } catch (KafkaException e) {
            return end(run, "Kafka did not take an event: " + e.getMessage());
        }
    }

    private SweepReport end(SweepRun run, String why) {
        keep(run);
        return run.report(Optional.of(why));
    }

    private void keep(SweepRun run) {
        checkpoint.ifPresent(file -> run.lastDone().ifPresent(file::write));
    }
}

package dev.ratchet.stream.topology;

import dev.ratchet.ingest.Reading;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.stream.timer.Timers.Lane;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Looks up, decides, remembers, passes on, in that order; what it decides is {@link StatusReducer}'s. */
final class TaskStatusProcessor extends ContextualProcessor<String, Reading, String, Object> {
    private static final Duration TICK = Duration.ofMillis(500);

    /** How far the clocks of two instances may differ, ms, before deadlines are set anew. */
    private static final long CLOCKS_APART = 300_000;

    private final PartitionContextFactory setup;
    private final EventCounters counters;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private PartitionContext partition;

    @SuppressWarnings("NullAway.Init") // by init
    private RepairResultHandler results;

    @SuppressWarnings("NullAway.Init") // by init
    private PartitionProgress progress;

    private @Nullable Cancellable ticks;

    TaskStatusProcessor(PartitionContextFactory setup) {
        this.setup = setup;
        this.counters = setup.shared().counters();
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        partition = setup.of(context);
        results = new RepairResultHandler(partition, setup.attempts());
        progress = setup.shared().catchUp().assigned(number());
        cancelTicks(); // a task that is revived after a failure keeps what was scheduled before
        ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void close() {
        cancelTicks();
        setup.shared().catchUp().revoked(progress);
    }

    @Override
    public void process(Record<String, Reading> record) {
        String key = record.key();
        long at = record.timestamp();
        record.value()
                .dispatch(
                        event -> fold(partition.tasks().get(key), event, at),
                        deleted -> delete(partition.tasks().get(key), deleted, at),
                        answer -> {
                            counters.count(answer.answer().result());
                            results.answer(partition.tasks().get(key), answer.answer(), now());
                        },
                        existence -> audited(partition.tasks().get(key), existence, at),
                        retry -> {
                            counters.count(EventSource.AUDIT, OutcomeKind.IGNORED);
                            results.retry(partition.tasks().get(key), now());
                        },
                        refused -> {
                            counters.countRefusedWrite();
                            partition.forwarder().refusedWrite(refused.write());
                        },
                        TaskStatusProcessor::rejectForwarded,
                        TaskStatusProcessor::rejectForwarded);
    }

    /** {@link DecodingProcessor} handles readings about no task itself. */
    private static void rejectForwarded(Reading reading) {
        throw new IllegalStateException("Expected a reading about a task, but got " + reading);
    }

    private void fold(@Nullable TrackedTask before, Reading.Event read, long at) {
        StatusEvent event = read.event();
        if (setup.refuses(event.source())) {
            refuse(before, event);
            return;
        }
        Outcome outcome = outcome(before, event, at);
        boolean captured = partition.outputs().keep(outcome, event, read.payload());
        TaskState after = RepairResultHandler.begunAnew(before, outcome.state(), captured);
        remember(before, after, at, captured);
        counters.count(event.source(), outcome.kind());
        Runnable output = outcome.fold(
                accepted -> () -> partition.forwarder().change(accepted.change()),
                unchanged -> () -> {},
                rejected -> () -> partition.forwarder().rejection(rejected.rejection()),
                ignored -> () -> {});
        output.run();
        alert(before, after);
    }

    private Outcome outcome(@Nullable TrackedTask before, StatusEvent event, long at) {
        Outcome outcome =
                before == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(before.task(), event);
        return outcome.fold(
                accepted -> accepted.withTimestamp(at, now()),
                unchanged -> unchanged,
                rejected -> rejected,
                ignored -> ignored);
    }

    /** Of a task that is not known there is nothing to say but that it was counted. */
    private void refuse(@Nullable TrackedTask before, StatusEvent event) {
        counters.count(event.source(), OutcomeKind.SOURCE_MISMATCH);
        if (before != null) {
            partition.forwarder().rejection(new Rejection(event, RejectionReason.SOURCE_MISMATCH, before.task()));
        }
    }

    private void delete(@Nullable TrackedTask before, Reading.Deleted deleted, long at) {
        counters.count(EventSource.CDC, OutcomeKind.IGNORED);
        if (before != null) {
            delete(before, EventSource.CDC, deleted.sequence(), at);
        }
    }

    private void delete(TrackedTask before, EventSource by, long sequence, long at) {
        TaskState after = StatusReducer.reduceDeletion(before.task(), by, sequence);
        remember(before, after, at, false);
        alert(before, after);
    }

    /** An answer to another question than the last, such as one that comes twice, changes nothing. */
    private void audited(@Nullable TrackedTask before, Reading.Existence answer, long at) {
        counters.count(EventSource.AUDIT, OutcomeKind.IGNORED);
        if (before == null || !before.isLatestAudit(answer.epoch(), answer.asOf(), answer.attempt())) {
            return;
        }
        TrackedTask after =
                answer.exists() ? before.resetNotFound() : partition.watch().onTaskNotFound(before, now());
        if (after.isConfirmedGone()) {
            delete(before, EventSource.AUDIT, answer.asOf() + 1, at);
        } else {
            partition.tasks().keep(before, after);
        }
    }

    /** The rule hands back the very state it was given if nothing changed: then hardly anything is written. */
    private void remember(@Nullable TrackedTask before, TaskState after, long at, boolean captured) {
        TrackedTask now = before == null ? partition.watch().startTracking(after, at) : onEvent(before, after, at);
        partition.tasks().keep(before, captured ? partition.watch().onOutputCaptured(now, at) : now);
    }

    private TrackedTask onEvent(TrackedTask before, TaskState after, long at) {
        if (after == before.task()) {
            return before.resetNotFound();
        }
        return before.lastEventAt() > now() + CLOCKS_APART
                ? heardAnew(before, after, at)
                : partition.watch().onEvent(before, after, at);
    }

    /** The clock was ahead when the task was last heard of, so all its deadlines are too late: they are set anew. */
    private TrackedTask heardAnew(TrackedTask before, TaskState after, long at) {
        TrackedTask anew = partition.watch().startTracking(after, at);
        return before.dropOutputAt() == TrackedTask.NEVER
                ? anew
                : partition.watch().onOutputCaptured(anew, at);
    }

    private void alert(@Nullable TrackedTask before, TaskState after) {
        if (before == null || after != before.task()) {
            partition
                    .forwarder()
                    .alerts(Alert.between(Optional.ofNullable(before).map(TrackedTask::task), after));
        }
    }

    private void cancelTicks() {
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private void tick(long scheduled) {
        if (setup.shared().catchUp().isDone(number())) {
            long now = now();
            partition.sweep().advance(now);
            partition.silence().look(now);
            partition.timers().tick(Lane.TASK, now, (entry, at) -> {
                partition.dueTimers().look(entry, at, partition.silence()::isSourceSilent);
                return true;
            });
            partition.timers().tick(Lane.AUDIT, now, partition.dueTimers()::audit);
        }
    }

    private int number() {
        return context().taskId().partition();
    }

    private long now() {
        return context().currentSystemTimeMs();
    }
}

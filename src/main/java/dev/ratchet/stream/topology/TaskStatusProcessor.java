package dev.ratchet.stream.topology;

import dev.ratchet.config.Settings;
import dev.ratchet.ingest.Reading;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.metrics.PartitionGauges;
import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.stream.state.Timers.TimerType;
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

/** Looks up the task, applies the rule of {@link StatusReducer}, stores the result and forwards it, in that order. */
final class TaskStatusProcessor extends ContextualProcessor<String, Reading, String, Object> {
    private static final Duration TICK = Duration.ofMillis(500);

    private final Settings settings;
    private final int partitions;
    private final ProcessorDependencies shared;
    private final Optional<String> republishAtStart;

    /** Change data capture reports everything that the webhook does, and more: its events are then rejected. */
    private final boolean refusesWebhook;

    private final EventCounters counters;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private PartitionContext partition;

    @SuppressWarnings("NullAway.Init") // by init
    private TaskRecorder recorder;

    @SuppressWarnings("NullAway.Init") // by init
    private PartitionProgress progress;

    @SuppressWarnings("NullAway.Init") // by init
    private PartitionGauges.Assigned gauges;

    private @Nullable Cancellable ticks;

    /**
     * @param partitions of each input topic
     * @param republishAtStart the id of the process's request to publish all tasks again; empty if there is none
     */
    TaskStatusProcessor(
            Settings settings, int partitions, ProcessorDependencies shared, Optional<String> republishAtStart) {
        this.settings = settings;
        this.partitions = partitions;
        this.shared = shared;
        this.republishAtStart = republishAtStart;
        this.refusesWebhook = StreamTopics.readsDatabase(settings);
        this.counters = shared.counters();
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        partition = PartitionContext.of(context, settings, partitions, shared);
        recorder = new TaskRecorder(partition, settings.repair().attempts());
        int owned = number();
        progress = shared.catchUp().assigned(owned);
        gauges = counters.partitions()
                .assigned(
                        owned, partition.tasks().index(), () -> shared.catchUp().isDone(owned));
        republishAtStart.ifPresent(partition.republication()::requestAtStart);
        cancelTicks(); // a task that is revived after a failure keeps its old schedule
        ticks = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void close() {
        cancelTicks();
        shared.catchUp().revoked(progress);
        counters.partitions().revoked(gauges);
    }

    @Override
    public void process(Record<String, Reading> record) {
        partition.forwarder().beginRecord(record.headers());
        try {
            record.value().accept(new Dispatch(record));
        } finally {
            partition.forwarder().endRecord();
        }
    }

    private final class Dispatch implements Reading.Visitor<Void>, Reading.ResultVisitor<Void> {
        private final Record<String, Reading> record;

        private Dispatch(Record<String, Reading> record) {
            this.record = record;
        }

        @Override
        public Void onEvent(Reading.Event event) {
            if (refusesWebhook && event.event().source() == EventSource.WEBHOOK) {
                refuse(stored(), event.event());
            } else {
                fold(stored(), event, record.timestamp());
            }
            return null;
        }

        @Override
        public Void onDeleted(Reading.Deleted deleted) {
            delete(stored(), deleted, record.timestamp());
            return null;
        }

        @Override
        public Void onResult(Reading.Result result) {
            return result.acceptResult(this);
        }

        @Override
        public Void onAnswer(Reading.Answer answer) {
            counters.count(answer.answer().result());
            recorder.answer(stored(), answer.answer(), now());
            return null;
        }

        @Override
        public Void onExistence(Reading.Existence existence) {
            audited(stored(), existence, record.timestamp());
            return null;
        }

        @Override
        public Void onRetry(Reading.Retry retry) {
            counters.count(EventSource.AUDIT, OutcomeKind.IGNORED);
            recorder.retry(stored(), now());
            return null;
        }

        @Override
        public Void onRequest(Reading.Request request) {
            counters.count(EventSource.AUDIT, OutcomeKind.IGNORED);
            switch (request.kind()) {
                case AUDIT_OF_LIVE_TASKS -> partition.fullAudit().request(request.requestId(), false);
                case AUDIT_OF_ALL_TASKS -> partition.fullAudit().request(request.requestId(), true);
                case REPUBLICATION -> partition.republication().request(request.requestId());
            }
            return null;
        }

        @Override
        public Void onRefused(Reading.Refused refused) {
            counters.countRefusedWrite();
            partition.forwarder().refusedWrite(refused.write());
            return null;
        }

        @Override
        public Void onNothing(Reading.Nothing nothing) {
            throw notForwarded(nothing);
        }

        @Override
        public Void onUnreadable(Reading.Unreadable unreadable) {
            throw notForwarded(unreadable);
        }

        private @Nullable TrackedTask stored() {
            return partition.tasks().get(record.key());
        }

        /** {@link DecodingProcessor} handles these itself. */
        private static IllegalStateException notForwarded(Reading reading) {
            return new IllegalStateException("Expected a reading that is forwarded, but got " + reading);
        }
    }

    private void fold(@Nullable TrackedTask before, Reading.Event read, long at) {
        StatusEvent event = read.event();
        Outcome outcome = outcome(before, event, at);
        boolean captured = partition.outputs().keep(outcome, event, read.payload());
        TaskState after = TaskRecorder.resetRepairIfNew(before, outcome.state(), captured);
        recorder.store(before, after, at, captured, now());
        counters.count(event.source(), outcome.kind());
        forward(outcome, at);
        recorder.alert(before, after);
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

    private void forward(Outcome outcome, long at) {
        Runnable output = outcome.fold(
                accepted -> () -> {
                    partition.forwarder().change(accepted.change());
                    counters.countChange(now() - at);
                },
                unchanged -> () -> {},
                rejected -> () -> partition.forwarder().rejection(rejected.rejection()),
                ignored -> () -> {});
        output.run();
    }

    /** Counts a rejected event. There is no rejection record for an unknown task. */
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
        recorder.store(before, after, at, false, now());
        recorder.alert(before, after);
    }

    /** Ignores an answer to another question than the last one, such as a duplicate. */
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

    private void cancelTicks() {
        if (ticks != null) {
            ticks.cancel();
        }
    }

    private void tick(long scheduled) {
        shared.log().logLeftOut(now());
        partition.republication().advance(now());
        if (shared.catchUp().isDone(number())) {
            long now = now();
            partition.rescheduler().advance(now);
            partition.silence().check(now);
            partition.timers().tick(TimerType.TASK, now, (entry, at) -> {
                partition.dueTimers().handle(entry, at, partition.silence()::isSourceSilent);
                return true;
            });
            partition
                    .fullAudit()
                    .advance(now, () -> partition.timers().tick(TimerType.AUDIT, now, partition.dueTimers()::audit));
        }
    }

    private int number() {
        return context().taskId().partition();
    }

    private long now() {
        return context().currentSystemTimeMs();
    }
}

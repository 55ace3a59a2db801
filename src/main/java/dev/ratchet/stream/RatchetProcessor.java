package dev.ratchet.stream;

import dev.ratchet.source.Reading;
import dev.ratchet.task.Alert;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.Rejection;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.Source;
import dev.ratchet.task.StatusChange;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskRatchet;
import dev.ratchet.task.TaskState;
import dev.ratchet.wire.Records;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Looks up, decides, remembers, passes on, in that order; what it decides is {@link TaskRatchet}'s. */
final class RatchetProcessor extends ContextualProcessor<String, Reading, String, Object> {
    private final boolean duplicatesToo;
    private final Tally tally;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private KeyValueStore<String, TaskState> states;

    /** @param duplicatesToo whether duplicates are put on the rejections topic */
    RatchetProcessor(boolean duplicatesToo, Tally tally) {
        this.duplicatesToo = duplicatesToo;
        this.tally = tally;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        states = context.getStateStore(Nodes.TASK_STATES);
    }

    @Override
    public void process(Record<String, Reading> record) {
        TaskState before = states.get(record.key());
        if (record.value() instanceof Reading.Event event) {
            fold(before, event.event());
        } else if (record.value() instanceof Reading.Deleted deleted) {
            delete(before, deleted);
        }
    }

    private void fold(@Nullable TaskState before, StatusEvent event) {
        Outcome outcome = before == null ? TaskRatchet.first(event) : TaskRatchet.next(before, event);
        remember(before, outcome.state());
        tally.count(event.source(), outcome.kind());
        if (outcome instanceof Outcome.Accepted accepted) {
            publish(accepted.change());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            publish(rejected.rejection());
        }
        publishAlerts(before, outcome.state());
    }

    private void delete(@Nullable TaskState before, Reading.Deleted deleted) {
        tally.count(Source.CDC, OutcomeKind.IGNORED);
        if (before != null) {
            TaskState after = TaskRatchet.deleted(before, deleted.sequence());
            remember(before, after);
            publishAlerts(before, after);
        }
    }

    /** The rule hands back the very state it was given if nothing changed: then nothing is written. */
    private void remember(@Nullable TaskState before, TaskState after) {
        if (after != before) {
            states.put(after.task().taskId(), after);
        }
    }

    private void publish(StatusChange change) {
        context()
                .forward(
                        new Record<>(change.task().taskId(), Records.change(change), change.timestamp()),
                        Nodes.CHANGELOG);
    }

    private void publish(Rejection rejection) {
        if (rejection.reason() != RejectionReason.DUPLICATE || duplicatesToo) {
            context()
                    .forward(
                            new Record<>(rejection.event().task().taskId(), Records.rejection(rejection), now()),
                            Nodes.REJECTIONS);
        }
    }

    private void publishAlerts(@Nullable TaskState before, TaskState after) {
        if (after == before) {
            return;
        }
        for (Alert alert : Alert.between(Optional.ofNullable(before), after)) {
            context().forward(new Record<>(after.task().taskId(), Records.alert(alert, now()), now()), Nodes.ALERTS);
        }
    }

    private long now() {
        return context().currentSystemTimeMs();
    }
}

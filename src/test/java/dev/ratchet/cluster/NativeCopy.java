package dev.ratchet.cluster;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recordings converted to native events of other tasks, with the results of the rule. */
final class NativeCopy {
    private static final PayloadCapturePolicy ALL = new PayloadCapturePolicy(Integer.MAX_VALUE);

    final List<TaskStatusEvent> events = new ArrayList<>();
    private final Map<String, TaskState> states = new LinkedHashMap<>();
    private final Map<String, Integer> lostUpdates = new LinkedHashMap<>();

    NativeCopy(List<String> recordings) {
        DebeziumReader reader = new DebeziumReader(0, ALL);
        recordings.stream().flatMap(name -> Recordings.cdc(name).stream()).forEach(record -> {
            if (reader.read(record.value()) instanceof Reading.Event read) {
                TaskStatusEvent event = copy(read);
                events.add(event);
                fold(TaskRecords.event(event));
            }
        });
    }

    private static TaskStatusEvent copy(Reading.Event read) {
        TaskStatusEvent event = TaskRecords.event(read.event());
        event.setTaskId("native-" + event.getTaskId());
        event.setSource(TaskSource.NATIVE);
        event.setOutput(read.payload().output().orElse(null));
        return event;
    }

    private void fold(StatusEvent event) {
        String task = event.task().taskId();
        TaskState before = states.get(task);
        Outcome outcome = before == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(before, event);
        states.put(task, outcome.state());
        boolean lost = outcome instanceof Outcome.Rejected rejected
                && rejected.rejection().isLostUpdate();
        lostUpdates.merge(task, lost ? 1 : 0, Integer::sum);
    }

    List<Expected> expected() {
        return states.values().stream().map(this::expected).toList();
    }

    private Expected expected(TaskState state) {
        return new Expected(
                state.task().taskId(),
                state.task().referenceTaskName(),
                state.task().taskType(),
                state.current().status().name(),
                state.epoch().number(),
                state.published().revision(),
                state.lastReported().observation().status().name(),
                state.diverges(),
                lostUpdates.get(state.task().taskId()));
    }
}

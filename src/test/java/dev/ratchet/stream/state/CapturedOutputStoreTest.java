package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.CapturedOutput;
import dev.ratchet.stream.topology.RatchetTopologyTest;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Store accesses caused by capturing outputs. */
class CapturedOutputStoreTest {
    private static final TaskOutput PAYLOAD = new TaskOutput(Optional.of("{\"a\":1}"), "", "", "", "");

    private final List<String> calls = new ArrayList<>();
    private final CapturedOutputStore outputs = new CapturedOutputStore(store());
    private @Nullable TaskState state;

    @Test
    void nonTerminalEventDoesNotAccessStore() {
        assertThat(capture(TaskStatus.SCHEDULED, 1, TaskOutput.NONE)).isFalse();
        assertThat(capture(TaskStatus.IN_PROGRESS, 2, TaskOutput.NONE)).isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void terminalEventWithoutOutputDoesNotAccessStore() {
        assertThat(capture(TaskStatus.COMPLETED, 2, new TaskOutput(Optional.empty(), "", "", "", "")))
                .isFalse();
        assertThat(calls).isEmpty();
    }

    @Test
    void terminalEventReadsAndWritesOnceAndRepeatedOneOnlyReads() {
        assertThat(capture(TaskStatus.COMPLETED, 2, PAYLOAD)).isTrue();
        assertThat(calls).containsExactly("get", "put");
        calls.clear();
        assertThat(capture(TaskStatus.COMPLETED, 3, PAYLOAD)).isFalse();
        assertThat(calls).containsExactly("get");
    }

    @Test
    void rejectedTerminalEventDoesNotAccessStore() {
        capture(TaskStatus.COMPLETED, 2, PAYLOAD);
        calls.clear();
        assertThat(capture(TaskStatus.FAILED, 3, PAYLOAD)).isFalse();
        assertThat(calls).isEmpty();
    }

    private boolean capture(TaskStatus status, long sequence, TaskOutput payload) {
        StatusEvent event = RatchetTopologyTest.event(status, sequence);
        Outcome outcome = state == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(state, event);
        state = outcome.state();
        return outputs.keep(outcome, event, payload);
    }

    @SuppressWarnings("unchecked") // a proxy has no type parameters
    private KeyValueStore<String, CapturedOutput> store() {
        Map<Object, Object> entries = new HashMap<>();
        return (KeyValueStore<String, CapturedOutput>) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, args) -> {
                    calls.add(method.getName());
                    return method.getName().equals("put") ? entries.put(args[0], args[1]) : entries.get(args[0]);
                });
    }
}

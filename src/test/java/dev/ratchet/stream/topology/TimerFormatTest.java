package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.GoldenBytes;
import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.stream.state.TimerBucket;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers.Entry;
import dev.ratchet.stream.state.Timers.TimerType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Timers of a released version fire in every later version. */
class TimerFormatTest {
    private static final String KIND = "timers";
    private static final int FORMAT = 0;
    private static final long SECOND = 1_795_359_826_000L;
    private static final List<Entry> ENTRIES = List.of(
            new Entry(TimerType.TASK, SECOND, "f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266"),
            new Entry(TimerType.TASK, SECOND + 7, "ü"),
            new Entry(TimerType.TASK, SECOND + 999, "t1"));

    @Test
    void bucketsAndKeyPrefixesMatchGoldenBytes() {
        Map<String, byte[]> written = new LinkedHashMap<>();
        written.put("key-of-tasks", TimerStore.from(TimerType.TASK, SECOND).get());
        written.put("key-of-audits", TimerStore.from(TimerType.AUDIT, SECOND).get());
        written.put("group", group());
        GoldenBytes.keep(KIND, FORMAT, written);
        assertThat(GoldenBytes.of(KIND, FORMAT)).usingRecursiveComparison().isEqualTo(written);
        assertThat(TimerBucket.entries(
                        TimerType.TASK, SECOND, GoldenBytes.of(KIND, FORMAT).get("group")))
                .isEqualTo(ENTRIES);
    }

    @Test
    void bucketsOfLaterFormatAreRejected() {
        assertThatThrownBy(() -> TimerBucket.entries(TimerType.TASK, SECOND, new byte[] {4, 0, 0}))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessageStartingWith(
                        "Expected timers in format 0 to 3, but got format 4: a later version of Ratchet");
    }

    @Test
    void truncatedBucketsAreRejected() {
        byte[] group = group();
        for (int length = 0; length < group.length; length++) {
            byte[] cut = Arrays.copyOf(group, length);
            if (length != 42 && length != 50) { // an entry ends there
                assertThatThrownBy(() -> TimerBucket.entries(TimerType.TASK, SECOND, cut))
                        .isInstanceOf(UnreadableStateException.class);
            }
        }
    }

    private static byte[] group() {
        TimerBucket group = new TimerBucket();
        ENTRIES.forEach(group::add);
        return group.toBytes();
    }
}

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Close to overflow, which System.nanoTime may reach. */
    private static final long BEGIN = Long.MAX_VALUE - MINUTE;

    private final StallDetector detector = new StallDetector(Duration.ofMinutes(5));
    private long lastMinute = -1;
    private Map<String, Object> last = Map.of();

    @Test
    void workWithoutProgressIsStalledAfterLimit() {
        assertThat(at(0, Map.of("a", 1))).isEmpty();
        assertThat(at(4, Map.of("a", 1))).isEmpty();
        assertThat(at(5, Map.of("a", 1))).containsExactly(Map.entry("a", 1));
    }

    @Test
    void progressRestartsLimit() {
        at(0, Map.of("a", 1));
        at(4, Map.of("a", 2));
        assertThat(at(8, Map.of("a", 2))).isEmpty();
        assertThat(at(9, Map.of("a", 2))).containsKey("a");
    }

    @Test
    void workThatReappearsIsNew() {
        at(0, Map.of("a", 1));
        at(3, Map.of());
        at(4, Map.of("a", 1));
        assertThat(at(8, Map.of("a", 1))).isEmpty();
    }

    @Test
    void progressOfOtherWorkDoesNotHideStall() {
        at(0, Map.of("a", 1, "b", 1));
        assertThat(at(5, Map.of("a", 1, "b", 2))).containsOnlyKeys("a");
    }

    @Test
    void noWorkIsNoStall() {
        at(0, Map.of());
        assertThat(at(60, Map.of())).isEmpty();
    }

    @Test
    void resetRestartsLimit() {
        at(0, Map.of("a", 1));
        detector.reset();
        assertThat(at(5, Map.of("a", 1))).isEmpty();
        assertThat(at(10, Map.of("a", 1))).containsKey("a");
    }

    /** Like with a debugger, SIGSTOP or a suspended machine. */
    @Test
    void timeWithoutChecksDoesNotCount() {
        at(0, Map.of("a", 1));
        detector.findStalled(Map.of("a", 1), BEGIN + 60 * MINUTE);
        assertThat(detector.findStalled(Map.of("a", 1), BEGIN + 61 * MINUTE)).isEmpty();
    }

    /** Checks each minute until then with the previous work, and then the given work. */
    private Map<String, Object> at(long minute, Map<String, Object> work) {
        while (lastMinute < minute - 1) {
            detector.findStalled(last, BEGIN + ++lastMinute * MINUTE);
        }
        lastMinute = minute;
        last = work;
        return detector.findStalled(work, BEGIN + minute * MINUTE);
    }
}

package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Close to where a long begins anew, as System.nanoTime may be. */
    private static final long BEGIN = Long.MAX_VALUE - MINUTE;

    private final StallDetector detector = new StallDetector(Duration.ofMinutes(5));
    private long looked = -1;
    private Map<String, Object> last = Map.of();

    @Test
    void workThatGetsNoFurtherIsStalledAfterTheLimit() {
        assertThat(at(0, Map.of("a", 1))).isEmpty();
        assertThat(at(4, Map.of("a", 1))).isEmpty();
        assertThat(at(5, Map.of("a", 1))).containsExactly(Map.entry("a", 1));
    }

    @Test
    void anyProgressStartsItsTimeAnew() {
        at(0, Map.of("a", 1));
        at(4, Map.of("a", 2));
        assertThat(at(8, Map.of("a", 2))).isEmpty();
        assertThat(at(9, Map.of("a", 2))).containsKey("a");
    }

    @Test
    void workThatWasDoneMeanwhileIsNewWork() {
        at(0, Map.of("a", 1));
        at(3, Map.of());
        at(4, Map.of("a", 1));
        assertThat(at(8, Map.of("a", 1))).isEmpty();
    }

    @Test
    void progressElsewhereDoesNotHideIt() {
        at(0, Map.of("a", 1, "b", 1));
        assertThat(at(5, Map.of("a", 1, "b", 2))).containsOnlyKeys("a");
    }

    @Test
    void withoutWorkNothingIsStalled() {
        at(0, Map.of());
        assertThat(at(60, Map.of())).isEmpty();
    }

    @Test
    void whatIsForgottenStartsAnew() {
        at(0, Map.of("a", 1));
        detector.reset();
        assertThat(at(5, Map.of("a", 1))).isEmpty();
        assertThat(at(10, Map.of("a", 1))).containsKey("a");
    }

    /** A debugger, SIGSTOP, a suspended machine. */
    @Test
    void timeInWhichNobodyLookedIsNotHeldAgainstIt() {
        at(0, Map.of("a", 1));
        detector.findStalled(Map.of("a", 1), BEGIN + 60 * MINUTE);
        assertThat(detector.findStalled(Map.of("a", 1), BEGIN + 61 * MINUTE)).isEmpty();
    }

    /** Looks at each minute until then, at the work of before. */
    private Map<String, Object> at(long minute, Map<String, Object> work) {
        while (looked < minute - 1) {
            detector.findStalled(last, BEGIN + ++looked * MINUTE);
        }
        looked = minute;
        last = work;
        return detector.findStalled(work, BEGIN + minute * MINUTE);
    }
}

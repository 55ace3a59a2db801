package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many live tasks with timers due at the same time. {@code mvn test -Dtest=ManyTimersTest -Dratchet.tasks=1000000} measures
 * a million.
 */
class ManyTimersTest {
    private static final int TASKS = Integer.getInteger("ratchet.tasks", 12_000);
    private static final int MAX_PER_TICK = 10_000;

    @TempDir
    Path state;

    private TopologyHarness harness;
    private int ticks;
    private long nanos;
    private long longest;

    @BeforeEach
    void scheduleAll() {
        harness = new TopologyHarness(state, "ratchet.source.silence", "P1D");
        all(TaskStatus.SCHEDULED, 1);
    }

    @Test
    void ticksAreBoundedAndHeartbeatsWriteNoTimers() {
        assertThat(harness.timerWrites()).isEqualTo(TASKS);
        harness.advance(Duration.ofMinutes(10));
        all(TaskStatus.IN_PROGRESS, 2);
        assertThat(harness.timerWrites())
                .as("timers written by %d heartbeats", TASKS)
                .isZero();

        // Each timer fires too early and is rescheduled with its task.
        harness.shared.catchUp().assigned(0);
        harness.advance(Duration.ofMinutes(5));
        harness.shared.catchUp().assigned().forEach(PartitionProgress::done);
        int moved = 0;
        while (moved < TASKS) {
            int written = tick();
            assertThat(written).isPositive().isLessThanOrEqualTo(MAX_PER_TICK);
            moved += written;
        }
        assertThat(harness.timerWrites())
                .as("one tombstone per timer and the new buckets")
                .isBetween(TASKS, TASKS + TASKS / 10);
        assertThat(harness.alerts.isEmpty()).isTrue();
        report("rescheduled");

        harness.shared.catchUp().assigned(0);
        harness.advance(Duration.ofHours(1));
        harness.shared.catchUp().assigned().forEach(PartitionProgress::done);
        int stuck = 0;
        while (stuck < TASKS) {
            tick();
            int reported = drained(harness.alerts);
            assertThat(reported).isPositive().isLessThanOrEqualTo(MAX_PER_TICK);
            stuck += reported;
        }
        report("reported as stuck");
        harness.close();
    }

    private void all(TaskStatus status, long sequence) {
        for (int i = 0; i < TASKS; i++) {
            harness.event(event(i, status, sequence));
            if (i % 10_000 == 0) {
                harness.changelog.readValuesToList(); // the driver keeps unread records
                harness.storeChangelog.readValuesToList();
            }
        }
        harness.changelog.readValuesToList();
        harness.storeChangelog.readValuesToList();
    }

    /** {@return the number of tasks written} */
    private int tick() {
        long began = System.nanoTime();
        harness.advance(Duration.ofMillis(500));
        long took = System.nanoTime() - began;
        ticks++;
        nanos += took;
        longest = Math.max(longest, took);
        return drained(harness.storeChangelog);
    }

    private void report(String what) {
        System.out.printf(
                "%,d tasks %s in %,d ticks: %,d ms a tick, the longest %,d ms, %,d tasks a second of ticking%n",
                TASKS, what, ticks, nanos / ticks / 1_000_000, longest / 1_000_000, TASKS * 1_000_000_000L / nanos);
        ticks = 0;
        nanos = 0;
        longest = 0;
    }

    private static int drained(org.apache.kafka.streams.TestOutputTopic<?, ?> topic) {
        return topic.readRecordsToList().size();
    }

    private static StatusEvent event(int number, TaskStatus status, long sequence) {
        TaskIdentity task = new TaskIdentity("task-" + number, "w1", "upload", "HTTP", "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE);
    }
}

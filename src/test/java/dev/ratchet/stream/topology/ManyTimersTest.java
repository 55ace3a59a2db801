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
 * Many live tasks whose timers are due at once. {@code mvn test -Dtest=ManyTimersTest -Dratchet.tasks=1000000} measures it
 * at a million.
 */
class ManyTimersTest {
    private static final int TASKS = Integer.getInteger("ratchet.tasks", 12_000);
    private static final int MOST_A_TICK = 10_000;

    @TempDir
    Path state;

    private Stage stage;
    private int ticks;
    private long nanos;
    private long longest;

    @BeforeEach
    void scheduleAll() {
        stage = new Stage(state, "ratchet.source.silence", "P1D");
        all(TaskStatus.SCHEDULED, 1);
    }

    @Test
    void noTickFiresMoreThanItMayAndAHeartbeatOfAllWritesNoTimer() {
        assertThat(drained(stage.timersChangelog)).isEqualTo(TASKS);
        stage.advance(Duration.ofMinutes(10));
        all(TaskStatus.IN_PROGRESS, 2);
        assertThat(drained(stage.timersChangelog))
                .as("timers written by %d heartbeats", TASKS)
                .isZero();

        // Every entry fires too early, and is set anew, with its task.
        stage.shared.catchUp().assigned(0);
        stage.advance(Duration.ofMinutes(5));
        stage.shared.catchUp().assigned().forEach(PartitionProgress::done);
        int moved = 0;
        while (moved < TASKS) {
            int written = tick();
            assertThat(written).isPositive().isLessThanOrEqualTo(MOST_A_TICK);
            moved += written;
        }
        assertThat(drained(stage.timersChangelog))
                .as("a grave for each entry, and the new ones in groups")
                .isBetween(TASKS, TASKS + TASKS / 10);
        assertThat(stage.alerts.isEmpty()).isTrue();
        report("set anew");

        stage.shared.catchUp().assigned(0);
        stage.advance(Duration.ofHours(1));
        stage.shared.catchUp().assigned().forEach(PartitionProgress::done);
        int stuck = 0;
        while (stuck < TASKS) {
            tick();
            int reported = drained(stage.alerts);
            assertThat(reported).isPositive().isLessThanOrEqualTo(MOST_A_TICK);
            stuck += reported;
        }
        report("reported as stuck");
        stage.close();
    }

    private void all(TaskStatus status, long sequence) {
        for (int i = 0; i < TASKS; i++) {
            stage.event(event(i, status, sequence));
            if (i % 10_000 == 0) {
                stage.changelog.readValuesToList(); // the driver keeps what nobody reads
                stage.storeChangelog.readValuesToList();
            }
        }
        stage.changelog.readValuesToList();
        stage.storeChangelog.readValuesToList();
    }

    /** {@return how many tasks were written} */
    private int tick() {
        long began = System.nanoTime();
        stage.advance(Duration.ofMillis(500));
        long took = System.nanoTime() - began;
        ticks++;
        nanos += took;
        longest = Math.max(longest, took);
        return drained(stage.storeChangelog);
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

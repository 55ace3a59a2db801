package dev.ratchet.task;

import static dev.ratchet.task.RejectionReason.STALE_EPOCH;
import static dev.ratchet.task.Story.story;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TestEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.task.Alert.Kind;
import dev.ratchet.task.Alert.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The {@code lostUpdate} flag of a rejection matches the alert. */
class LostUpdateFlagTest {
    private static final List<TaskStatus> STATUSES = List.of(SCHEDULED, IN_PROGRESS, COMPLETED);

    @Test
    void copyOfEarlierEpochOverTerminalStatusIsLostUpdate() {
        Story story = story().given(event(COMPLETED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 2).keyed(200, 0).ran(0, 0, 0))
                .given(event(COMPLETED, 3).keyed(200, 0).ran(210, 220, 1))
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1));
        story.thenRejects(STALE_EPOCH).diverged().withLostUpdates(1);
        assertThat(isFlagged(story.outcome())).isTrue();
        story.when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1)).withLostUpdates(1);
    }

    @Test
    void copyOfEarlierEpochOverLiveTaskIsNoLostUpdate() {
        Story story = story().given(event(COMPLETED, 1).keyed(100, 0).ran(110, 120, 1))
                .given(event(SCHEDULED, 2).keyed(200, 0).ran(0, 0, 0))
                .when(event(IN_PROGRESS, 4).keyed(100, 0).ran(110, 0, 1));
        story.thenRejects(STALE_EPOCH).inAgreement().withLostUpdates(0);
        assertThat(isFlagged(story.outcome())).isFalse();
    }

    @Test
    void rejectionThatOpensAlertIsFlaggedAndOnlyDivergencesAre() {
        int opened = 0;
        for (long seed = 0; seed < 20_000; seed++) {
            Optional<TaskState> before = Optional.empty();
            for (StatusEvent event : log(new Random(seed))) {
                Outcome outcome = before.map(state -> StatusReducer.reduce(state, event))
                        .orElseGet(() -> StatusReducer.reduceFirst(event));
                boolean opens = Alert.between(before, outcome.state()).stream()
                        .anyMatch(alert -> alert.kind() == Kind.LOST_UPDATE && alert.phase() == Phase.OPENED);
                if (outcome instanceof Outcome.Rejected) {
                    opened += opens ? 1 : 0;
                    assertThat(isFlagged(outcome)).as("seed %d", seed).isIn(opens, true);
                    assertThat(outcome.state().diverges() || !isFlagged(outcome))
                            .as("seed %d", seed)
                            .isTrue();
                }
                before = Optional.of(outcome.state());
            }
        }
        assertThat(opened).isGreaterThan(1_000);
    }

    private static boolean isFlagged(Outcome outcome) {
        return outcome instanceof Outcome.Rejected rejected
                && rejected.rejection().isLostUpdate();
    }

    private static List<StatusEvent> log(Random random) {
        List<StatusEvent> log = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            log.add(event(STATUSES.get(random.nextInt(STATUSES.size())), i)
                    .keyed(random.nextBoolean() ? 100 : 200, 0)
                    .ran(110, random.nextInt(2) * 120L, 1)
                    .toEvent(Story.TASK));
        }
        return log;
    }
}

package dev.ratchet.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

/** Given, when, then for one task. Sequences double as event times unless a story says otherwise. */
final class Story {
    static final TaskIdentity TASK = new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item");

    private final TaskIdentity task;
    private Optional<TaskState> before = Optional.empty();
    private Optional<TaskState> state = Optional.empty();
    private Optional<Outcome> last = Optional.empty();

    private Story(TaskIdentity task) {
        this.task = task;
    }

    static Story story() {
        return new Story(TASK);
    }

    static Story ofType(String taskType) {
        return new Story(new TaskIdentity("t1", "w1", "upload", taskType, "upload_item"));
    }

    /** Continues from this state. */
    static Story from(TaskState state) {
        Story story = new Story(state.task());
        story.state = Optional.of(state);
        return story;
    }

    Story given(TaskStatus status, long sequence) {
        return when(status, sequence);
    }

    Story given(TestEvent event) {
        return when(event);
    }

    Story when(TaskStatus status, long sequence) {
        return when(TestEvent.event(status, sequence));
    }

    Story when(TestEvent reported) {
        StatusEvent event = reported.toEvent(task);
        Outcome outcome = state.map(known -> StatusReducer.reduce(known, event))
                .orElseGet(() -> StatusReducer.reduceFirst(event));
        last = Optional.of(outcome);
        before = state;
        state = Optional.of(outcome.state());
        return this;
    }

    Story whenDeleted(long sequence) {
        before = state;
        state = Optional.of(StatusReducer.reduceDeletion(state(), EventSource.CDC, sequence));
        return this;
    }

    Story thenPublishes(TaskStatus previous, TaskStatus status, long revision) {
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.change().previousStatus()).contains(previous);
            assertThat(accepted.change().status()).isEqualTo(status);
            assertThat(accepted.change().revision()).isEqualTo(revision);
            assertThat(state().published().observation()).isEqualTo(state().current());
        });
        return this;
    }

    Story asCorrectionOf(long revision) {
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Accepted.class, accepted -> {
            assertThat(accepted.change().correction()).isTrue();
            assertThat(accepted.change().supersedes()).hasValue(revision);
        });
        return this;
    }

    Story asForwardStep() {
        assertThat(outcome().kind()).isEqualTo(OutcomeKind.ACCEPTED);
        return this;
    }

    Story thenChangesNothingPublished() {
        assertThat(outcome()).isInstanceOf(Outcome.Unchanged.class);
        return this;
    }

    Story thenIgnores() {
        assertThat(outcome()).isInstanceOf(Outcome.Ignored.class);
        return this;
    }

    Story thenRejects(RejectionReason reason) {
        assertThat(outcome()).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> {
            assertThat(rejected.rejection().reason()).isEqualTo(reason);
            assertThat(rejected.rejection().message()).startsWith("Expected ").contains("but ");
            assertThat(rejected.rejection().state().lastReported()).isEqualTo(state().lastReported());
        });
        return this;
    }

    Story withMessage(String message) {
        assertThat(outcome())
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejection().message()).isEqualTo(message));
        return this;
    }

    Story andStaysAt(TaskStatus status) {
        assertThat(state().current().status()).isEqualTo(status);
        return this;
    }

    Story inEpoch(int number, EpochDecision decision) {
        assertThat(state().epoch().number()).isEqualTo(number);
        assertThat(state().epoch().decision()).isEqualTo(decision);
        return this;
    }

    Story withLostUpdates(int count) {
        assertThat(state().bookkeeping().lostUpdates()).isEqualTo(count);
        return this;
    }

    /** Exactly these alerts, or none. */
    Story thenAlerts(String... alerts) {
        assertThat(Alert.between(before, state()))
                .extracting(alert -> alert.kind() + " " + alert.phase() + ": " + alert.message())
                .containsExactly(alerts);
        return this;
    }

    Story diverged() {
        assertThat(state().diverges()).as("diverges").isTrue();
        return this;
    }

    Story inAgreement() {
        assertThat(state().diverges()).as("diverges").isFalse();
        assertThat(state().hasTerminalConflict()).as("in conflict").isFalse();
        return this;
    }

    Story inConflict() {
        assertThat(state().hasTerminalConflict()).as("in conflict").isTrue();
        return this;
    }

    Story lastReporting(TaskStatus status) {
        assertThat(state().lastReported().observation().status()).isEqualTo(status);
        return this;
    }

    TaskState state() {
        return state.orElseThrow();
    }

    Outcome outcome() {
        return last.orElseThrow();
    }
}

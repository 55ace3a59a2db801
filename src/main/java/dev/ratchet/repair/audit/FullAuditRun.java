package dev.ratchet.repair.audit;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.AuditRule;
import dev.ratchet.repair.worker.ResultPublisher;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * State of a full audit. Single tasks without an answer count as unreadable; several in a row mean that Conductor is
 * unavailable, and do not count.
 */
final class FullAuditRun {
    private static final int TRIES = 3;
    private static final int MAX_UNANSWERED = 3;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final int tasks;
    private final ConductorClient conductor;
    private final Optional<ResultPublisher> publisher;
    private final AuditListener listener;
    private final IntervalFunction backoff;
    private final Sleeper sleeper;
    private final Clock clock;
    private final Map<AuditFinding, Integer> found = new EnumMap<>(AuditFinding.class);
    private final List<String> unanswered = new ArrayList<>();
    private int asked;
    private String lastFailure = "";
    private Optional<String> lastDone = Optional.empty();

    FullAuditRun(
            int tasks,
            ConductorClient conductor,
            Optional<ResultPublisher> publisher,
            AuditListener listener,
            IntervalFunction backoff,
            Sleeper sleeper,
            Clock clock) {
        this.tasks = tasks;
        this.conductor = conductor;
        this.publisher = publisher;
        this.listener = listener;
        this.backoff = backoff;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /** @throws org.apache.kafka.common.KafkaException if the result cannot be published; the task is then not completed */
    void audit(AuditRequest task) {
        Optional<AuditResult> answer = askConductor(task);
        if (answer.isEmpty()) {
            unanswered.add(task.taskId());
            return;
        }
        AuditResult result = answer.get();
        if (result.isReported()) {
            publisher.ifPresent(open -> open.audit(result, clock.instant()));
        }
        if (result.event().isPresent()) {
            listener.onDifference(result);
        }
        countUnanswered();
        if (result.finding() == AuditFinding.UNREADABLE) {
            listener.onUnreadable(task.taskId(), "Conductor holds " + describe(result.row()));
        }
        count(result.finding());
        lastDone = Optional.of(task.taskId());
    }

    /** Conductor answers: the tasks without an answer count as unreadable. */
    void countUnanswered() {
        for (String taskId : unanswered) {
            listener.onUnreadable(taskId, lastFailure);
            count(AuditFinding.UNREADABLE);
            lastDone = Optional.of(taskId);
        }
        unanswered.clear();
    }

    boolean isConductorUnavailable() {
        return unanswered.size() == MAX_UNANSWERED;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** All tasks up to this id are completed. */
    Optional<String> lastDone() {
        return lastDone;
    }

    AuditProgress progress(Optional<String> stopped) {
        return new AuditProgress(tasks, asked, found, stopped);
    }

    private Optional<AuditResult> askConductor(AuditRequest task) {
        for (int tries = 1; tries <= TRIES; tries++) {
            try {
                return Optional.of(AuditRule.compare(task, conductor.task(task.taskId()), clock.millis()));
            } catch (ConductorRefusedException e) {
                lastFailure = String.valueOf(e.getMessage());
                return Optional.empty();
            } catch (ConductorUnavailableException e) {
                lastFailure = String.valueOf(e.getMessage());
                if (tries < TRIES) {
                    Duration wait = e.retryAfter().orElse(Duration.ofMillis(backoff.apply(tries)));
                    sleeper.sleep(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
                }
            }
        }
        return Optional.empty();
    }

    private void count(AuditFinding finding) {
        asked++;
        found.merge(finding, 1, Integer::sum);
    }

    private static String describe(Optional<ConductorTask> row) {
        return row.map(held -> held.task().taskId() + " in status '" + held.status() + "'")
                .orElse("nothing");
    }
}

package dev.ratchet.stream.state;

import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;

/**
 * What is known about all tasks of one partition without a scan: how many have each status, and which alerts are open.
 * State of a version that did not keep this has to be walked once.
 */
public final class TaskIndex {
    private final TaskCounts counts;
    private final OpenAlerts alerts;
    private boolean isCleared;

    /** @param hasTasks whether the partition has any task */
    public TaskIndex(TimerStore store, boolean hasTasks) {
        this.counts = new TaskCounts(store, hasTasks);
        this.alerts = new OpenAlerts(store);
    }

    public TaskCounts counts() {
        return counts;
    }

    public OpenAlerts alerts() {
        return alerts;
    }

    /** {@return the number of open alerts of a kind; 0 while it is unknown} */
    public long openAlerts(AlertKind kind) {
        return counts.isComplete() ? alerts.count(kind) : 0;
    }

    public boolean isComplete() {
        return counts.isComplete();
    }

    /** Another version has changed tasks without this index: it has to be built anew. */
    public void invalidate() {
        counts.restart();
    }

    /**
     * Deletes what is left of an earlier index, before the first task is {@link #add added}.
     *
     * @return false if the budget ended before
     */
    public boolean clear(TimerBudget.Turn budget) {
        isCleared = isCleared || alerts.clear(budget);
        return isCleared;
    }

    /** Adds the next task of a walk in the order of the store. */
    public void add(TrackedTask tracked) {
        counts.walk(tracked.task().task().taskId(), tracked.task().current().status());
        alerts.add(tracked);
    }

    /** The walk is over. */
    public void complete() {
        alerts.count();
        counts.complete();
    }
}

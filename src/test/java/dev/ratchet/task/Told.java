package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/** What a record told, for tests: a status and a sequence, and whatever evidence a story needs. */
record Told(
        TaskStatus status,
        long sequence,
        int epoch,
        EventSource source,
        EpochEvidence evidence,
        long occurredAt,
        boolean snapshot) {

    static Told that(TaskStatus status, long sequence) {
        return new Told(status, sequence, StatusEvent.NOT_STATED, EventSource.CDC, EpochEvidence.NONE, sequence, false);
    }

    StatusEvent of(TaskIdentity task) {
        return new StatusEvent(task, status, epoch, sequence, occurredAt, source, evidence, snapshot);
    }

    Told stating(int stated) {
        return new Told(status, sequence, stated, source, evidence, occurredAt, snapshot);
    }

    Told from(EventSource from) {
        return new Told(status, sequence, epoch, from, evidence, occurredAt, snapshot);
    }

    /** At this event time. */
    Told at(long time) {
        return new Told(status, sequence, epoch, source, evidence, time, snapshot);
    }

    /** As a row of a snapshot. */
    Told inASnapshot() {
        return new Told(status, sequence, epoch, source, evidence, occurredAt, true);
    }

    /** In the life of this key. */
    Told keyed(long scheduledTime, int retryCount) {
        return with(new EpochEvidence(
                new EpochKey(scheduledTime, retryCount),
                evidence.startTime(),
                evidence.endTime(),
                evidence.pollCount(),
                evidence.executed(),
                evidence.subworkflowChanged(),
                0,
                0));
    }

    Told ran(long startTime, long endTime, int pollCount) {
        return with(new EpochEvidence(
                evidence.key(),
                startTime,
                endTime,
                pollCount,
                evidence.executed(),
                evidence.subworkflowChanged(),
                0,
                0));
    }

    Told executed(boolean executed) {
        return with(new EpochEvidence(
                evidence.key(),
                evidence.startTime(),
                evidence.endTime(),
                evidence.pollCount(),
                Flag.of(executed),
                evidence.subworkflowChanged(),
                0,
                0));
    }

    Told subworkflowChanged(boolean changed) {
        return with(new EpochEvidence(
                evidence.key(),
                evidence.startTime(),
                evidence.endTime(),
                evidence.pollCount(),
                evidence.executed(),
                Flag.of(changed),
                0,
                0));
    }

    private Told with(EpochEvidence told) {
        return new Told(status, sequence, epoch, source, told, occurredAt, snapshot);
    }
}

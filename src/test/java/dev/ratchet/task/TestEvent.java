package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/** What a record evidence, for tests: a status and a sequence, and whatever evidence a story needs. */
record TestEvent(
        TaskStatus status,
        long sequence,
        int epoch,
        EventSource source,
        EpochEvidence evidence,
        long occurredAt,
        boolean snapshot) {

    static TestEvent event(TaskStatus status, long sequence) {
        return new TestEvent(
                status, sequence, StatusEvent.NOT_STATED, EventSource.CDC, EpochEvidence.NONE, sequence, false);
    }

    StatusEvent toEvent(TaskIdentity task) {
        return new StatusEvent(task, status, epoch, sequence, occurredAt, source, evidence, snapshot);
    }

    TestEvent stating(int stated) {
        return new TestEvent(status, sequence, stated, source, evidence, occurredAt, snapshot);
    }

    TestEvent from(EventSource from) {
        return new TestEvent(status, sequence, epoch, from, evidence, occurredAt, snapshot);
    }

    /** With this event time. */
    TestEvent at(long time) {
        return new TestEvent(status, sequence, epoch, source, evidence, time, snapshot);
    }

    /** As a snapshot row. */
    TestEvent fromSnapshot() {
        return new TestEvent(status, sequence, epoch, source, evidence, occurredAt, true);
    }

    /** In the epoch with this key. */
    TestEvent keyed(long scheduledTime, int retryCount) {
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

    TestEvent ran(long startTime, long endTime, int pollCount) {
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

    TestEvent executed(boolean executed) {
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

    TestEvent subworkflowChanged(boolean changed) {
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

    private TestEvent with(EpochEvidence evidence) {
        return new TestEvent(status, sequence, epoch, source, evidence, occurredAt, snapshot);
    }
}

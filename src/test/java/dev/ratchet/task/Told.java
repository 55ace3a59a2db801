package dev.ratchet.task;

import dev.ratchet.task.Evidence.Flag;

/** What a record told, for tests: a status and a sequence, and whatever evidence a story needs. */
record Told(TaskStatus status, long sequence, int epoch, Source source, Evidence evidence) {

    static Told that(TaskStatus status, long sequence) {
        return new Told(status, sequence, StatusEvent.NOT_STATED, Source.CDC, Evidence.NONE);
    }

    StatusEvent of(TaskIdentity task) {
        return new StatusEvent(task, status, epoch, sequence, sequence, source, evidence);
    }

    Told stating(int stated) {
        return new Told(status, sequence, stated, source, evidence);
    }

    Told from(Source from) {
        return new Told(status, sequence, epoch, from, evidence);
    }

    /** In the life of this key. */
    Told keyed(long scheduledTime, int retryCount) {
        return with(new Evidence(
                new LifeKey(scheduledTime, retryCount),
                evidence.startTime(),
                evidence.endTime(),
                evidence.pollCount(),
                evidence.executed(),
                evidence.subworkflowChanged(),
                0,
                0));
    }

    Told ran(long startTime, long endTime, int pollCount) {
        return with(new Evidence(
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
        return with(new Evidence(
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
        return with(new Evidence(
                evidence.key(),
                evidence.startTime(),
                evidence.endTime(),
                evidence.pollCount(),
                evidence.executed(),
                Flag.of(changed),
                0,
                0));
    }

    private Told with(Evidence told) {
        return new Told(status, sequence, epoch, source, told);
    }
}

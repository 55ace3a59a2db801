package dev.ratchet.task.sim;

import dev.ratchet.task.Evidence;
import dev.ratchet.task.Evidence.Flag;
import dev.ratchet.task.LifeKey;
import dev.ratchet.task.TaskStatus;

/** Conductor's row of one task, as far as the rule can see it. Times are the writing server's clock, ms, 0 for none. */
record Row(
        TaskStatus status,
        LifeKey key,
        long startTime,
        long endTime,
        int pollCount,
        boolean executed,
        boolean subworkflowChanged) {

    Row status(TaskStatus to) {
        return new Row(to, key, startTime, endTime, pollCount, executed, subworkflowChanged);
    }

    Row key(LifeKey to) {
        return new Row(status, to, startTime, endTime, pollCount, executed, subworkflowChanged);
    }

    Row startTime(long to) {
        return new Row(status, key, to, endTime, pollCount, executed, subworkflowChanged);
    }

    Row endTime(long to) {
        return new Row(status, key, startTime, to, pollCount, executed, subworkflowChanged);
    }

    Row pollCount(int to) {
        return new Row(status, key, startTime, endTime, to, executed, subworkflowChanged);
    }

    Row executed(boolean to) {
        return new Row(status, key, startTime, endTime, pollCount, to, subworkflowChanged);
    }

    Row subworkflowChanged(boolean to) {
        return new Row(status, key, startTime, endTime, pollCount, executed, to);
    }

    Evidence evidence() {
        return new Evidence(key, startTime, endTime, pollCount, Flag.of(executed), Flag.of(subworkflowChanged), 0, 0);
    }
}

package dev.ratchet.task.sim;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One of the places where Conductor writes a task's row.
 *
 * @param source class, method and line in conductor-oss/conductor at b54f0d4
 * @param kind what the write means
 * @param lock what keeps others away between its read and its write
 * @param guard whether it has anything to do, having read this; never looked at again
 * @param change what it writes, having read this
 * @param effects what else comes of it
 */
record Write(String source, Kind kind, Lock lock, Predicate<WriterView> guard, Change change, Set<Effect> effects) {
    enum Kind {
        /** Shows nothing about the current epoch. */
        COPY,
        /** A poll, a tick, a terminal status, or a resumption from one: progress in the epoch of the row that was read. */
        PROGRESS,
        /** A deliberate way back. */
        REOPENING,
        /** The second write of one. */
        SECOND
    }

    enum Lock {
        NONE,
        /** The workflow's lock. */
        WORKFLOW,
        /** The same, but taken after the row was read. */
        WORKFLOW_TO_WRITE,
        /** One person retries or reruns at a time: a running workflow rejects both. */
        HAND,
        /** The message in the queue, which is given to one at a time until somebody puts it there again. */
        MESSAGE
    }

    enum Effect {
        /** The workflow has ended. */
        ENDS_WORKFLOW,
        /** The workflow runs again from the moment that the writer begins. */
        REOPENS_WORKFLOW,
        /** The task is put into its queue. */
        QUEUES
    }

    /** What is written, having read this, at this time of the server's clock. */
    interface Change {
        Row of(WriterView read, long now, Random random);
    }

    static Write free(String source) {
        return new Write(source, Kind.COPY, Lock.NONE, seen -> true, (read, now, random) -> read.row(), Set.of());
    }

    static Write byHand(String source) {
        return new Write(source, Kind.COPY, Lock.HAND, seen -> true, (read, now, random) -> read.row(), Set.of());
    }

    static Write locked(String source) {
        return new Write(source, Kind.COPY, Lock.WORKFLOW, seen -> true, (read, now, random) -> read.row(), Set.of());
    }

    static Write lockedLate(String source) {
        return new Write(
                source, Kind.COPY, Lock.WORKFLOW_TO_WRITE, seen -> true, (read, now, random) -> read.row(), Set.of());
    }

    static Write leased(String source) {
        return new Write(source, Kind.COPY, Lock.MESSAGE, seen -> true, (read, now, random) -> read.row(), Set.of());
    }

    Write when(Predicate<WriterView> looked) {
        return new Write(source, kind, lock, looked, change, effects);
    }

    Write copies(Change changed) {
        return new Write(source, Kind.COPY, lock, guard, changed, effects);
    }

    Write progresses(Change changed) {
        return new Write(source, Kind.PROGRESS, lock, guard, changed, effects);
    }

    Write reopens(Change changed) {
        return new Write(source, Kind.REOPENING, lock, guard, changed, effects);
    }

    Write reopensOn(Change changed) {
        return new Write(source, Kind.SECOND, lock, guard, changed, effects);
    }

    Write and(Effect effect) {
        Set<Effect> more = EnumSet.of(effect);
        more.addAll(effects);
        return new Write(source, kind, lock, guard, change, more);
    }
}

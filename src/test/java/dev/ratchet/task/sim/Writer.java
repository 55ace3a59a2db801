package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.COMPLETED;
import static dev.ratchet.task.TaskStatus.COMPLETED_WITH_ERRORS;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.FAILED_WITH_TERMINAL_ERROR;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TaskStatus.TIMED_OUT;
import static dev.ratchet.task.sim.Writer.Kind.COPY;
import static dev.ratchet.task.sim.Writer.Kind.PROGRESS;
import static dev.ratchet.task.sim.Writer.Kind.REOPENING;
import static dev.ratchet.task.sim.Writer.Kind.SECOND;
import static dev.ratchet.task.sim.Writer.Lock.FREE;
import static dev.ratchet.task.sim.Writer.Lock.HELD;

import dev.ratchet.task.LifeKey;
import dev.ratchet.task.TaskStatus;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Whoever writes a task's row in Conductor: reads it, looks whether it has anything to do, and later writes the whole of
 * its copy back, changed. The guards are Conductor's own: read, never looked at again. {@code decide}, and what it calls,
 * holds the workflow's lock, and so does terminating a workflow; nobody else does (CONDUCTOR.md §1).
 */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum Writer {
    POLL(
            PROGRESS,
            FREE,
            Writer::isOpen,
            (read, now, random) -> read.status(IN_PROGRESS)
                    .startTime(read.startTime() == 0 ? now : read.startTime())
                    .pollCount(read.pollCount() + 1)),
    /** A worker reports IN_PROGRESS: its task is put back into the queue. */
    HEARTBEAT(COPY, FREE, row -> row.status() == IN_PROGRESS, (read, now, random) -> read.status(SCHEDULED)),
    EXTEND_LEASE(COPY, FREE, Writer::isOpen, (read, now, random) -> read),
    /** POST /tasks, or a worker. */
    COMPLETE(
            PROGRESS,
            FREE,
            Writer::isOpen,
            (read, now, random) -> read.status(anEnd(random)).endTime(now)),
    TIME_OUT(PROGRESS, HELD, Writer::isOpen, (read, now, random) -> ended(read, TIMED_OUT, now)),
    /** The workflow is terminated. */
    CANCEL(PROGRESS, HELD, Writer::isOpen, (read, now, random) -> ended(read, CANCELED, now)),
    /** An async system task starts: writes SCHEDULED with its startTime, works, and writes again. */
    START(
            PROGRESS,
            FREE,
            row -> row.status() == SCHEDULED,
            (read, now, random) -> read.startTime(now).pollCount(read.pollCount() + 1)),
    STARTED(
            PROGRESS,
            FREE,
            row -> true,
            (read, now, random) -> random.nextInt(10) < 7
                    ? read.status(IN_PROGRESS)
                    : read.status(anEnd(random)).endTime(now)),
    /** An async system task is looked at again. */
    TICK(PROGRESS, FREE, row -> row.status() == IN_PROGRESS, (read, now, random) -> {
        Row ticked = read.pollCount(read.pollCount() + 1);
        return random.nextInt(10) < 6 ? ticked : ticked.status(anEnd(random)).endTime(now);
    }),
    /** A system task that is looked at within decide: no poll is counted, an endTime that is there is kept. */
    DECIDE(
            PROGRESS,
            HELD,
            Writer::isOpen,
            (read, now, random) -> random.nextInt(10) < 6 ? read.status(IN_PROGRESS) : ended(read, anEnd(random), now)),
    /** The workflow has gone on from the end. */
    MARK_EXECUTED(
            PROGRESS,
            HELD,
            row -> row.status().isTerminal() && !row.executed(),
            (read, now, random) -> ended(read, read.status(), now).executed(true)),
    PASS_OVER_OPTIONAL(
            PROGRESS,
            HELD,
            row -> row.status().isUnsuccessful(),
            (read, now, random) -> ended(read, COMPLETED_WITH_ERRORS, now)),
    /** A retry or rerun of the workflow, once that is terminal, writes all its tasks. */
    WRITE_AGAIN(COPY, FREE, row -> row.status().isTerminal(), (read, now, random) -> ended(read, read.status(), now)),
    /** decide writes a task that it has looked at. */
    LOOK_AT(COPY, HELD, Writer::isOpen, (read, now, random) -> read),
    RERUN(REOPENING, FREE, row -> row.status().isTerminal(), (read, now, random) -> read.status(SCHEDULED)),
    RERUN_RESET(
            SECOND,
            FREE,
            row -> true,
            (read, now, random) -> fresh(read, now, read.key().retryCount()).status(SCHEDULED)),
    RERUN_SUB_WORKFLOW(
            REOPENING,
            FREE,
            row -> row.status().isTerminal(),
            (read, now, random) -> fresh(read, now, read.key().retryCount())
                    .status(IN_PROGRESS)
                    .startTime(now)),
    /** A cancelled sibling of the task that is retried is scheduled anew. */
    SCHEDULE_SIBLING(
            REOPENING,
            FREE,
            row -> row.status() == CANCELED,
            (read, now, random) -> fresh(read, now, read.key().retryCount() + 1).status(SCHEDULED)),
    /** A sibling of the task that is rerun is put back into its queue. */
    PUT_SIBLING_BACK(
            REOPENING,
            FREE,
            row -> row.status().isUnsuccessful(),
            (read, now, random) ->
                    read.status(SCHEDULED).startTime(now).endTime(0).executed(false)),
    RETRY_IN_PLACE(
            REOPENING, FREE, row -> row.status().isUnsuccessful(), (read, now, random) -> read.status(IN_PROGRESS)),
    RETRY_IN_PLACE_COUNTED(
            REOPENING,
            FREE,
            row -> row.status().isUnsuccessful(),
            (read, now, random) -> read.status(IN_PROGRESS)
                    .key(new LifeKey(read.key().scheduledTime(), read.key().retryCount() + 1))),
    /** A child workflow was retried or rerun: its parent's task is open again. */
    REOPEN_PARENT(
            REOPENING,
            FREE,
            row -> row.status().isTerminal(),
            (read, now, random) -> read.status(IN_PROGRESS).subworkflowChanged(true)),
    TAKE_FLAG_BACK(COPY, HELD, Row::subworkflowChanged, (read, now, random) -> read.subworkflowChanged(false)),
    /** A child workflow has ended. No guard: it may be late. A third of the rows get no endTime until written again. */
    CHILD_ENDS(PROGRESS, FREE, row -> row.status() != SCHEDULED, (read, now, random) -> {
        TaskStatus end = random.nextInt(4) == 0 ? CANCELED : anEnd(random);
        return random.nextInt(3) == 0 ? read.status(end) : ended(read, end, now);
    });

    /** What a write of this writer means. */
    enum Kind {
        /** Shows nothing of where Conductor lives. */
        COPY,
        /** A poll, a tick, an end, or going on from an end: who reads a row and does this lives in it. */
        PROGRESS,
        /** A deliberate way back. */
        REOPENING,
        /** The second write of one. */
        SECOND
    }

    /** Whether it holds the workflow's lock, so that no other who does overlaps with it. */
    enum Lock {
        FREE,
        HELD
    }

    /** What is written, having read this, at this time of the server's clock. */
    private interface Change {
        Row of(Row read, long now, Random random);
    }

    private final Kind kind;
    private final Lock lock;
    private final Predicate<Row> guard;
    private final Change change;

    Writer(Kind kind, Lock lock, Predicate<Row> guard, Change change) {
        this.kind = kind;
        this.lock = lock;
        this.guard = guard;
        this.change = change;
    }

    Kind kind() {
        return kind;
    }

    boolean hasToDoWith(Row read) {
        return guard.test(read);
    }

    /** What it writes, having read this. */
    Row change(Row read, long now, Random random) {
        return change.of(read, now, random);
    }

    /** Whether the two never overlap: the workflow's lock keeps them apart, or the one hand that reopens. */
    boolean excludes(Writer other) {
        return (lock == HELD && other.lock == HELD) || (isReopening() && other.isReopening());
    }

    private boolean isReopening() {
        return kind == REOPENING || kind == SECOND;
    }

    /** What the same writer does next, with the copy it has in hand. */
    Optional<Writer> then() {
        return this == START ? Optional.of(STARTED) : this == RERUN ? Optional.of(RERUN_RESET) : Optional.empty();
    }

    private static boolean isOpen(Row row) {
        return !row.status().isTerminal();
    }

    private static TaskStatus anEnd(Random random) {
        int dice = random.nextInt(10);
        return dice < 6 ? COMPLETED : dice < 9 ? FAILED : FAILED_WITH_TERMINAL_ERROR;
    }

    /** As ExecutionDAOFacade does: an endTime that is there is kept. */
    private static Row ended(Row read, TaskStatus end, long now) {
        return read.status(end).endTime(read.endTime() == 0 ? now : read.endTime());
    }

    private static Row fresh(Row read, long now, int retryCount) {
        return read.key(new LifeKey(now, retryCount))
                .startTime(0)
                .endTime(0)
                .pollCount(0)
                .executed(false);
    }
}

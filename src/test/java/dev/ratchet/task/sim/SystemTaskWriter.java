package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.CANCELED;
import static dev.ratchet.task.TaskStatus.FAILED;
import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;
import static dev.ratchet.task.TaskStatus.TIMED_OUT;

import java.util.Optional;
import java.util.Random;

/** Asynchronous system tasks: whoever has taken the task from its queue. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum SystemTaskWriter implements Writer {
    /** Writes SCHEDULED with a startTime, works, and writes again. */
    START(Write.leased("AsyncSystemTaskExecutor.execute 200")
            .when(seen -> seen.is(SCHEDULED) && seen.runs())
            .progresses((read, now, random) -> read.row().startTime(now).polled())),
    START_RESULT(Write.leased("AsyncSystemTaskExecutor.execute 245").progresses(SystemTaskWriter::started)),
    /** Looked at again, and not done. */
    TICK(Write.leased("AsyncSystemTaskExecutor.execute 203")
            .when(seen -> seen.is(IN_PROGRESS) && seen.runs())
            .progresses((read, now, random) -> read.row().polled())),
    TICK_ENDS(Write.leased("AsyncSystemTaskExecutor.execute 219")
            .when(seen -> seen.is(IN_PROGRESS) && seen.runs())
            .progresses((read, now, random) ->
                    read.row().polled().endedNow(RandomStatuses.ofDoneTask(read.kind(), random), now))),
    /** A JOIN over a branch that has failed. */
    TICK_FAILS(Write.leased("Join.execute 118, AsyncSystemTaskExecutor.execute 219")
            .when(seen -> seen.is(IN_PROGRESS) && seen.runs())
            .progresses(
                    (read, now, random) -> read.row().polled().endedNow(RandomStatuses.ofFailingJoin(random), now))),
    FIND_WORKFLOW_ENDED(Write.leased("AsyncSystemTaskExecutor.execute 136")
            .when(seen -> seen.isOpen() && seen.hasEnded())
            .progresses((read, now, random) -> read.row().ended(CANCELED, now))),
    /** The run before took longer than it may. */
    OVERRUN(Write.leased("AsyncSystemTaskExecutor.execute 164")
            .when(seen -> seen.is(SCHEDULED) && seen.row().startTime() > 0 && seen.runs())
            .progresses((read, now, random) -> read.row().polled().endedNow(TIMED_OUT, now)));

    private final Write write;

    SystemTaskWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return this == START ? Optional.of(START_RESULT) : Optional.empty();
    }

    /** A failing branch fails its JOIN and has the workflow cancel it, in either order. */
    @Override
    public Optional<Writer> beside(TaskKind kind) {
        return this == TICK_FAILS ? Optional.of(DecideWriter.CANCEL) : Optional.empty();
    }

    private static Row started(WriterView read, long now, Random random) {
        Row row = read.row();
        int dice = random.nextInt(10);
        return switch (read.kind()) {
            case HTTP -> {
                if (!read.has(TaskTrait.ASYNC_COMPLETE)) {
                    yield row.endedNow(RandomStatuses.any(random), now);
                }
                yield dice < 7 ? row.status(IN_PROGRESS) : row.ended(FAILED, now);
            }
            case WAIT -> row.status(IN_PROGRESS);
            case SUB_WORKFLOW -> dice < 8 ? row.status(IN_PROGRESS) : dice < 9 ? row.ended(FAILED, now) : row;
            case SIMPLE, JOIN, DO_WHILE, HUMAN -> row; // a JOIN that is SCHEDULED is never evaluated
        };
    }
}

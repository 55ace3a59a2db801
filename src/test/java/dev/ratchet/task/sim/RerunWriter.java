package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;

import java.util.Optional;
import java.util.Random;

/** A person reruns the workflow from a task: from this one, or from another. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum RerunWriter implements Writer {
    RERUN(Write.byHand("WorkflowExecutorOps.rerunWF 2268")
            .when(WriterView::hasEnded)
            .reopens((read, now, random) -> read.row().status(SCHEDULED))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    RERUN_RESET(Write.byHand("WorkflowExecutorOps.rerunWF 2392")
            .reopensOn((read, now, random) ->
                    read.row().fresh(now, read.row().key().retryCount()).status(restarted(read.kind())))
            .and(Write.Effect.QUEUES)),
    /** One write; the child is started before it, and may have ended by then. */
    RERUN_SUB_WORKFLOW(Write.byHand("WorkflowExecutorOps.rerunWF 2340")
            .when(WriterView::hasEnded)
            .reopens(RerunWriter::withAnotherChild)
            .and(Write.Effect.REOPENS_WORKFLOW)
            .and(Write.Effect.QUEUES)),
    /** From a task within the child. */
    RERUN_IN_CHILD(Write.byHand("WorkflowExecutorOps.updateAndPushParents 332")
            .when(seen -> seen.hasEnded() && !seen.row().retried() && !seen.isOpen())
            .reopens((read, now, random) -> read.row().status(IN_PROGRESS).subworkflowChanged(true))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    RERUN_IN_CHILD_RESET(Write.byHand("WorkflowExecutorOps.rerunWF 2293")
            .reopensOn((read, now, random) -> read.row()
                    .fresh(now, read.row().key().retryCount())
                    .startTime(now)
                    .subworkflowChanged(false)
                    .status(IN_PROGRESS))),
    /** From another task: first all others are written as they were. */
    RERUN_OF_ANOTHER(Write.byHand("WorkflowExecutorOps.rerunWF 2308")
            .when(seen -> seen.hasEnded() && !seen.isOpen())
            .copies((read, now, random) -> read.row().ended(read.row().status(), now))
            .and(Write.Effect.REOPENS_WORKFLOW)),
    PUT_SIBLING_BACK(Write.byHand("WorkflowExecutorOps.finalizeRerun 2459")
            .reopens(RerunWriter::putBack)
            .and(Write.Effect.QUEUES)),
    /** All tasks are written as they are now. */
    RERUN_WRITES_ALL(Write.byHand("WorkflowExecutorOps.finalizeRerun 2476"));

    private final Write write;

    RerunWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return switch (this) {
            case RERUN -> Optional.of(RERUN_RESET);
            case RERUN_IN_CHILD -> Optional.of(RERUN_IN_CHILD_RESET);
            case RERUN_OF_ANOTHER -> Optional.of(written.isUnsuccessful() ? PUT_SIBLING_BACK : RERUN_WRITES_ALL);
            case RERUN_RESET, RERUN_SUB_WORKFLOW -> Optional.of(RERUN_WRITES_ALL);
            case RERUN_IN_CHILD_RESET, PUT_SIBLING_BACK, RERUN_WRITES_ALL -> Optional.empty();
        };
    }

    /** WorkflowExecutorOps 2371–2388: a HUMAN starts at once; a DO_WHILE's start does nothing. */
    private static dev.ratchet.task.TaskStatus restarted(TaskKind kind) {
        return kind == TaskKind.HUMAN ? IN_PROGRESS : SCHEDULED;
    }

    private static Row withAnotherChild(WriterView read, long now, Random random) {
        Row row = read.row().fresh(now, read.row().key().retryCount());
        return switch (random.nextInt(10)) {
            case 0 -> row.status(SCHEDULED);
            case 1 -> row.ended(RandomStatuses.ofChild(random), now);
            default -> row.status(IN_PROGRESS);
        };
    }

    /** WorkflowExecutorOps 2455–2471: a JOIN, a DO_WHILE and every synchronous system task are in progress at once. */
    private static Row putBack(WriterView read, long now, Random random) {
        boolean queued = read.kind() != TaskKind.JOIN && !read.kind().isSynchronous();
        return read.row()
                .status(queued ? SCHEDULED : IN_PROGRESS)
                .executed(false)
                .startTime(now)
                .endTime(0);
    }
}

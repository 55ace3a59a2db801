package dev.ratchet.task.sim;

import static dev.ratchet.task.TaskStatus.IN_PROGRESS;
import static dev.ratchet.task.TaskStatus.SCHEDULED;

import java.util.Optional;

/** What workers and others do from outside: poll, and report. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state
enum WorkerWriter implements Writer {
    /** Does not look at the workflow. */
    POLL(Write.leased("ExecutionService.poll 178")
            .when(WriterView::isOpen)
            .progresses((read, now, random) -> read.row()
                    .status(IN_PROGRESS)
                    .startTime(read.row().startTime() == 0 ? now : read.row().startTime())
                    .polled())),
    /** A worker reports IN_PROGRESS: its task is put back into the queue. */
    HEARTBEAT(Write.free("WorkflowExecutorOps.updateTask 977")
            .when(WriterView::isOpenAndRuns)
            .copies((read, now, random) -> read.row().status(SCHEDULED))
            .and(Write.Effect.QUEUES)),
    /** The same of a system task, which is not put back. */
    REPORT_IN_PROGRESS(Write.free("WorkflowExecutorOps.updateTask 979")
            .when(WriterView::isOpenAndRuns)
            .copies((read, now, random) -> read.row().status(IN_PROGRESS))),
    REPORT_END(Write.free("WorkflowExecutorOps.updateTask 995")
            .when(WriterView::isOpenAndRuns)
            .progresses((read, now, random) -> read.row().endedNow(RandomStatuses.any(random), now))),
    /** Past the facade; the rule sees no difference. */
    EXTEND_LEASE(Write.free("ExecutionDAOFacade.extendLease 632").when(WriterView::isOpen)),
    RESET_CALLBACKS(Write.free("WorkflowExecutorOps.resetCallbacksForWorkflow 162")
            .when(seen -> seen.is(SCHEDULED) && seen.runs()));

    private final Write write;

    WorkerWriter(Write write) {
        this.write = write;
    }

    @Override
    public Write write() {
        return write;
    }

    @Override
    public Optional<Writer> then(WriterView written) {
        return Optional.empty();
    }
}

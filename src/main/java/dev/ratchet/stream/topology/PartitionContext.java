package dev.ratchet.stream.topology;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.CapturedOutputStore;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.timer.DeadlineRescheduler;
import dev.ratchet.stream.timer.DueTimerHandler;
import dev.ratchet.stream.timer.FullAudit;
import dev.ratchet.stream.timer.SourceSilenceDetector;
import dev.ratchet.task.deadline.DeadlinePolicy;

/** The collaborators of one partition's processor. */
record PartitionContext(
        TaskStore tasks,
        DeadlinePolicy watch,
        RecordForwarder forwarder,
        CapturedOutputStore outputs,
        DueTimerHandler dueTimers,
        SourceSilenceDetector silence,
        Timers timers,
        DeadlineRescheduler rescheduler,
        FullAudit fullAudit) {}

package dev.ratchet.stream.topology;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.deadline.DeadlineRescheduler;
import dev.ratchet.stream.deadline.DueTimerHandler;
import dev.ratchet.stream.deadline.SourceSilenceDetector;
import dev.ratchet.stream.state.CapturedOutputStore;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.timer.Timers;
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
        DeadlineRescheduler rescheduler) {}

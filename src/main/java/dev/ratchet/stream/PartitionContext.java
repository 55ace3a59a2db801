package dev.ratchet.stream;

import dev.ratchet.watch.DeadlinePolicy;

/** What one partition's processor works with. */
record PartitionContext(
        TaskStore tasks,
        DeadlinePolicy watch,
        RecordForwarder outlets,
        CapturedOutputStore outputs,
        DueTimerHandler caretaker,
        SourceSilenceDetector silence,
        Timers timers,
        DeadlineRescheduler sweep) {}

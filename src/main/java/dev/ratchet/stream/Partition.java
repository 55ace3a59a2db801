package dev.ratchet.stream;

import dev.ratchet.watch.Watch;

/** What one partition's processor works with. */
record Partition(
        TaskStore tasks,
        Watch watch,
        Outlets outlets,
        Outputs outputs,
        Caretaker caretaker,
        Silence silence,
        Timers timers,
        DeadlineSweep sweep) {}

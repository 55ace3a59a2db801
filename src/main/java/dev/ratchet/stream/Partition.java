package dev.ratchet.stream;

import dev.ratchet.watch.Watch;
import java.util.Optional;

/**
 * What one partition's processor works with.
 *
 * @param outputs empty if nothing is repaired
 */
record Partition(
        TaskStore tasks,
        Watch watch,
        Outlets outlets,
        Optional<Outputs> outputs,
        Caretaker caretaker,
        Silence silence,
        Timers timers,
        DeadlineSweep sweep) {}

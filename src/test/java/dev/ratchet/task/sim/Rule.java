package dev.ratchet.task.sim;

import dev.ratchet.task.StatusEvent;

/** A rule that assigns each record of one task to an epoch; it keeps its own state. */
interface Rule {
    /** Relation to the epoch that was current before. */
    enum Taken {
        OLDER,
        SAME,
        NEWER
    }

    Taken withEvent(StatusEvent event);
}

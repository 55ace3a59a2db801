package dev.ratchet.task.sim;

import dev.ratchet.task.StatusEvent;

/** A way to tell which life of a task a record belongs to, with its own memory of one task. */
interface Rule {
    /** Seen from the life that stood before. */
    enum Taken {
        OLDER,
        SAME,
        NEWER
    }

    Taken withEvent(StatusEvent event);
}

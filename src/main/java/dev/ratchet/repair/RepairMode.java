package dev.ratchet.repair;

/** How far a repair goes. That there be none at all is not for a repair to say. */
public enum RepairMode {
    /** Asks Conductor, and says what it would write. */
    DRY_RUN,
    /** Writes. */
    APPLY
}

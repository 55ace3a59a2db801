package dev.ratchet.repair;

/** Whether a repair writes. */
public enum RepairMode {

    /** Reads from Conductor and reports what it would write. */
    DRY_RUN,

    /** Writes to Conductor. */
    APPLY
}

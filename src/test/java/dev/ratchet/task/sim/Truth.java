package dev.ratchet.task.sim;

/**
 * Classification of a record, known only to the simulator, which knows what each writer read.
 *
 * <p>Conductor has one <em>current</em> epoch of the task at a time: the one that was deliberately opened last, until it
 * shows progress in another one. A writer may overwrite the row with a copy of an earlier epoch; that is only a stale
 * copy, however much it differs, because its writer read the row before the current epoch began. But once a writer reads
 * that copy from the row and writes visible progress from it (a poll, a tick, a terminal status, or a resumption from a
 * terminal status), the earlier epoch is current again: that record {@link #RESUMES} it.
 *
 * <p>Epochs are distinguished by key. Within one key descent counts: a record that does not descend from a terminal status
 * loses it. So a copy from before the current epoch is {@link #STALE} by its key or by its descent; and
 * if a stale terminal copy has overwritten the current epoch, the epoch's own next record {@link #RETURNS}.
 */
enum Truth {
    /** A deliberate reopening: rerun, retry in place, sibling, parent of a reopened child. */
    REOPENS,
    /** The first progress from a copy of an earlier epoch: that epoch is current again. */
    RESUMES,
    /** The current epoch overwrites a stale terminal copy from before it. */
    RETURNS,
    /** Of the current epoch, and loses no terminal status of it; or the first record of a rerun that had not read it. */
    CURRENT,
    /** Of the current epoch, not terminal, and not descended from its terminal status: a lost update or its consequence. */
    LOST,
    /** Another terminal status of the current epoch, over one that its writer had not read; one of the two is successful. */
    CONFLICTS,
    /** A copy from before the current epoch. */
    STALE;

    /** A rule should open an epoch. */
    boolean opens() {
        return this == REOPENS || this == RESUMES || this == RETURNS;
    }

    /** A rule should reject it or treat it as a duplicate. */
    boolean isUndone() {
        return this == LOST || this == STALE;
    }
}

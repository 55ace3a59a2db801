package dev.ratchet.task.sim;

/**
 * What a record is, known only to the simulator, which knows who read what.
 *
 * <p>Conductor <em>lives</em> in one life of the task at a time: in the one that was opened last on purpose, until it
 * shows that it lives elsewhere. A writer may put the copy of an earlier life over the row; that is no more than a stale
 * copy, however much it differs, since its writer read the row before the life that is lived began. But once that copy,
 * having lain in the row, is itself written on from, with progress that shows (a poll, a tick, an end, going on from an
 * end), Conductor lives in the earlier life again: that record {@link #RESUMES} it.
 *
 * <p>Lives are told apart by their keys. Within one key it is descent that counts: an end is lost by a record that does
 * not descend from it. So a copy from before the life that is lived is {@link #STALE} by its key or by its descent; and
 * where a stale copy of an end has overwritten that life, its own next record {@link #RETURNS}.
 */
enum Truth {
    /** A deliberate reopening: rerun, retry in place, sibling, parent of a reopened child. */
    REOPENS,
    /** The first progress from an earlier life's copy: Conductor lives there again. */
    RESUMES,
    /** The life that is lived comes back over a stale copy of an end from before it. */
    RETURNS,
    /** Of the life that is lived, and takes back no end of it; or a rerun's first record, where it had not read the end. */
    LIVED,
    /** Of the life that is lived, not ended, and not descended from its end: a lost update, or what follows from one. */
    LOST,
    /** Another end of the life that is lived, over one that its writer did not know of, and one of the two is successful. */
    CONFLICTS,
    /** A copy from before the life that is lived. */
    STALE;

    /** A rule should open an epoch. */
    boolean opens() {
        return this == REOPENS || this == RESUMES || this == RETURNS;
    }

    /** A rule should refuse it, or see in it nothing new. */
    boolean isUndone() {
        return this == LOST || this == STALE;
    }
}

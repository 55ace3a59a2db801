package dev.ratchet.task.sim;

import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;

/**
 * Which epoch of the task is current in Conductor, and how each record relates to it. Epochs are distinguished by key, and
 * within one key by descent: each terminal status of a task is one bit, and each version of the row has the bits of the
 * terminal statuses that it descends from.
 */
final class EpochTracker {
    /**
     * A version of the row, starting with this record.
     *
     * @param displacing whether it is a copy of another epoch than the current one
     * @param knownEnds the terminal statuses it descends from, one bit each
     */
    record Version(Row row, long sequence, boolean displacing, long knownEnds) {}

    private EpochKey current;
    private long since = 1;
    private long endsBefore;
    private long ends;
    private long successes;
    private boolean showsAnEnd;
    private Version held;
    private Truth truth = Truth.CURRENT;

    EpochTracker(Row first) {
        current = first.key();
        held = new Version(first, 1, false, 0);
    }

    Version held() {
        return held;
    }

    /** Classification of the latest record. */
    Truth truth() {
        return truth;
    }

    /** Records that a writer which read the given version writes this row at the given sequence. */
    void land(Write.Kind kind, Version read, Row row, long sequence) {
        boolean isEnd = row.status().isTerminal();
        boolean comesToAnEnd = isEnd && !read.row().status().isTerminal();
        long known = read.knownEnds() | (comesToAnEnd ? 1L << sequence : 0);
        truth = truth(kind, read, row, known);
        if (truth.opens()) {
            since = sequence;
            endsBefore = read.knownEnds();
            ends = 0;
            successes = 0;
            showsAnEnd = false;
        }
        if (truth.opens() || kind == Write.Kind.SECOND) {
            current = row.key();
        }
        if (row.key().equals(current) && isEnd) {
            ends |= known & ~endsBefore;
            showsAnEnd = true;
            successes |= row.status().isUnsuccessful() ? 0 : known & ~endsBefore;
        }
        held = new Version(row, sequence, !row.key().equals(current), known);
    }

    private Truth truth(Write.Kind kind, Version read, Row row, long known) {
        boolean sameKey = row.key().equals(current);
        if (kind == Write.Kind.REOPENING) {
            // A rerun of a non-terminal row opens an epoch with its second record only, and a write over a row that
            // somebody else has reopened already opens none.
            boolean takesBack = read.row().status().isTerminal() && showsAnEnd;
            return takesBack || !sameKey ? Truth.REOPENS : Truth.CURRENT;
        }
        if (kind == Write.Kind.SECOND) {
            return read.sequence() == since && !showsAnEnd ? Truth.CURRENT : Truth.REOPENS;
        }
        if (!sameKey) {
            boolean liesInTheRow = read.displacing() && read.sequence() > since;
            return kind == Write.Kind.PROGRESS && liesInTheRow && !row.looksLike(read.row())
                    ? Truth.RESUMES
                    : Truth.STALE;
        }
        return row.status().isTerminal() ? ended(row.status(), known) : open(known);
    }

    /** Of two unsuccessful terminal statuses the last one counts in Conductor, whoever wrote it. */
    private Truth ended(TaskStatus status, long known) {
        long overwritten = (status.isUnsuccessful() ? successes : ends) & ~known;
        return overwritten != 0 && status != held.row().status() ? Truth.CONFLICTS : Truth.CURRENT;
    }

    private Truth open(long known) {
        if (!showsAnEnd) {
            return Truth.CURRENT;
        }
        if ((ends & ~known) != 0) {
            return Truth.LOST;
        }
        return (endsBefore & ~known) != 0 ? Truth.STALE : Truth.RETURNS;
    }
}

package dev.ratchet.task.sim;

import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskStatus;

/**
 * Which life of the task Conductor lives in, and what each record is of it. A life is told from others by its key, and
 * within one key by descent: each end that a task comes to is one bit, and each version of the row knows the bits of the
 * ends that it descends from.
 */
final class Lives {
    /**
     * A version of the row: what it held from this record on.
     *
     * @param displacing whether it is a copy of another life than the one that is lived
     * @param knownEnds the ends it descends from, one bit each
     */
    record Version(Row row, long sequence, boolean displacing, long knownEnds) {}

    private EpochKey lived;
    private long since = 1;
    private long endsBefore;
    private long ends;
    private long successes;
    private boolean showsAnEnd;
    private Version held;
    private Truth truth = Truth.LIVED;

    Lives(Row first) {
        lived = first.key();
        held = new Version(first, 1, false, 0);
    }

    Version held() {
        return held;
    }

    /** What the latest record is. */
    Truth truth() {
        return truth;
    }

    /** A writer that has read this version writes this row, as record of that number. */
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
            lived = row.key();
        }
        if (row.key().equals(lived) && isEnd) {
            ends |= known & ~endsBefore;
            showsAnEnd = true;
            successes |= row.status().isUnsuccessful() ? 0 : known & ~endsBefore;
        }
        held = new Version(row, sequence, !row.key().equals(lived), known);
    }

    private Truth truth(Write.Kind kind, Version read, Row row, long known) {
        boolean sameLife = row.key().equals(lived);
        if (kind == Write.Kind.REOPENING) {
            // Nothing is taken back by a rerun of an open row, which opens a life with its second record, nor where
            // somebody
            // else has reopened the life already.
            boolean takesBack = read.row().status().isTerminal() && showsAnEnd;
            return takesBack || !sameLife ? Truth.REOPENS : Truth.LIVED;
        }
        if (kind == Write.Kind.SECOND) {
            return read.sequence() == since && !showsAnEnd ? Truth.LIVED : Truth.REOPENS;
        }
        if (!sameLife) {
            boolean liesInTheRow = read.displacing() && read.sequence() > since;
            return kind == Write.Kind.PROGRESS && liesInTheRow && !row.looksLike(read.row())
                    ? Truth.RESUMES
                    : Truth.STALE;
        }
        return row.status().isTerminal() ? ended(row.status(), known) : open(known);
    }

    /** Of two unsuccessful ends Conductor lives by the last, whoever wrote it. */
    private Truth ended(TaskStatus status, long known) {
        long overwritten = (status.isUnsuccessful() ? successes : ends) & ~known;
        return overwritten != 0 && status != held.row().status() ? Truth.CONFLICTS : Truth.LIVED;
    }

    private Truth open(long known) {
        if (!showsAnEnd) {
            return Truth.LIVED;
        }
        if ((ends & ~known) != 0) {
            return Truth.LOST;
        }
        return (endsBefore & ~known) != 0 ? Truth.STALE : Truth.RETURNS;
    }
}

package dev.ratchet.task.sim;

/**
 * How Conductor's writers get into each other's way.
 *
 * @param overlap in how many of a hundred writes others write between the read and the write
 * @param most how many writers hold a copy at the same time
 * @param patience how long a person waits at least before a retry or a rerun, ms
 */
record Mode(int overlap, int most, int patience) {
    /** Two in five overlap, up to four at a time, where on a real server perhaps one in a thousand does. */
    static final Mode ADVERSARIAL = new Mode(40, 4, 0);

    /** One after the other, as people and workers do it; people take longer than clocks are apart. */
    static final Mode ORDINARY = new Mode(0, 0, 12_000);

    /** Without concurrency a terminal child does not end again, and its parent knows its terminal status. */
    boolean allows(Writer writer, WriterView read) {
        return overlap > 0
                || (writer != ChildWriter.CHILD_FOUND_ENDED && (writer != ChildWriter.CHILD_ENDS || read.isOpen()));
    }
}

package dev.ratchet.repair.worker;

import org.apache.kafka.common.TopicPartition;

/** An order that is not done: how often Conductor gave no answer about it, and how long it rests since. For one thread. */
final class PendingCommand {
    final TopicPartition partition;
    final long offset;
    final Command order;

    private int tries;
    private long restsUntil;
    private boolean rests;
    private final Count failures = new Count();
    private final Count misses = new Count();

    PendingCommand(TopicPartition partition, long offset, Command order) {
        this.partition = partition;
        this.offset = offset;
        this.order = order;
    }

    boolean isRepair() {
        return order instanceof Command.ToRepair;
    }

    /** {@return how often Conductor gave no answer, this time included, whoever else it answered} */
    int tries() {
        return ++tries;
    }

    /** @param until as {@link System#nanoTime} */
    void restUntil(long until) {
        rests = true;
        restsUntil = until;
    }

    /** @param now as {@link System#nanoTime} */
    boolean rests(long now) {
        return rests && restsUntil - now > 0;
    }

    boolean isFresh() {
        return tries == 0;
    }

    /**
     * Notes that Conductor gave no answer, and that this may be held against the task.
     *
     * @param answers how many Conductor has given to others so far
     * @return how often it was this order that got none
     */
    int fails(long answers) {
        return failures.add(answers);
    }

    /** As {@link #fails}, whatever it was that kept Conductor from an answer. */
    int misses(long answers) {
        return misses.add(answers);
    }

    /** While Conductor answers nobody, that says nothing about this order, and counts once. */
    private static final class Count {
        private int count;
        private long answersBefore = -1;

        int add(long answers) {
            if (answers != answersBefore) {
                count++;
                answersBefore = answers;
            }
            return count;
        }
    }
}

package dev.ratchet.repair.worker;

import org.apache.kafka.common.TopicPartition;

/** An order that is not done: how often Conductor gave no answer about it, and how long it rests since. For one thread. */
final class PendingCommand {
    final TopicPartition partition;
    final long offset;
    final Command command;

    private int tries;
    private long restEnd;
    private boolean resting;
    private final Count failures = new Count();
    private final Count misses = new Count();

    PendingCommand(TopicPartition partition, long offset, Command command) {
        this.partition = partition;
        this.offset = offset;
        this.command = command;
    }

    boolean isRepair() {
        return command.isRepair();
    }

    /** {@return how often Conductor gave no answer, this time included, whoever else it answered} */
    int countTry() {
        return ++tries;
    }

    /** @param until as {@link System#nanoTime} */
    void restUntil(long until) {
        resting = true;
        restEnd = until;
    }

    /** @param now as {@link System#nanoTime} */
    boolean isResting(long now) {
        return resting && restEnd - now > 0;
    }

    boolean isNew() {
        return tries == 0;
    }

    /**
     * Notes that Conductor gave no answer, and that this may be held against the task.
     *
     * @param answers how many Conductor has given to others so far
     * @return how often it was this order that got none
     */
    int countFailure(long answers) {
        return failures.add(answers);
    }

    /** As {@link #countFailure}, whatever it was that kept Conductor from an answer. */
    int countMiss(long answers) {
        return misses.add(answers);
    }

    /** While Conductor answers nobody, that says nothing about this command, and counts once. */
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

package dev.ratchet.repair.worker;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** A command that is not completed, with the number of its tries and the time of the next one. Not thread-safe. */
final class PendingCommand {
    final TopicPartition partition;
    final long offset;
    final Command command;

    /** For its result. */
    final Headers trace;

    private int tries;
    private long restEnd;
    private boolean resting;
    private final Count failures = new Count();
    private final Count misses = new Count();

    PendingCommand(TopicPartition partition, long offset, Command command, Headers trace) {
        this.partition = partition;
        this.offset = offset;
        this.command = command;
        this.trace = trace;
    }

    /** Counts a try without an answer. {@return tries so far} */
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
     * Counts a try without an answer that may be due to the task itself.
     *
     * @param answers number of answers that Conductor gave to others so far
     * @return the count
     */
    int countFailure(long answers) {
        return failures.add(answers);
    }

    /** As {@link #countFailure}, whatever the reason. */
    int countMiss(long answers) {
        return misses.add(answers);
    }

    /** While Conductor answers nobody, all tries count as one. */
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

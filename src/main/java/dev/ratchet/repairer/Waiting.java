package dev.ratchet.repairer;

import org.apache.kafka.common.TopicPartition;

/** An order that is not done, and how often Conductor gave no answer about it although it answered others. */
final class Waiting {
    final TopicPartition partition;
    final long offset;
    final Order order;

    private int failures;
    private long answersBefore = -1;

    Waiting(TopicPartition partition, long offset, Order order) {
        this.partition = partition;
        this.offset = offset;
        this.order = order;
    }

    boolean isRepair() {
        return order instanceof Order.ToRepair;
    }

    /**
     * Notes that Conductor gave no answer. While it answers nobody, that says nothing about this order, and counts once.
     *
     * @param answers how many Conductor has given to others so far
     * @return how often it was this order that got none
     */
    int fails(long answers) {
        if (answers != answersBefore) {
            failures++;
            answersBefore = answers;
        }
        return failures;
    }
}

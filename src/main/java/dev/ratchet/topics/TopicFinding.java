package dev.ratchet.topics;

import java.util.Optional;

/**
 * One thing that is wrong with a topic, or with the brokers.
 *
 * @param topic empty if it is the brokers
 * @param text one line: the topic, what was expected, what it is, and which setting or command mends it
 * @param fatal whether the stream must not run with it: it would not start, lose records, or mix up partitions. If not,
 *     records are kept for another time than wished, or some are cut short or refused.
 * @param fix what {@code topics apply} does about it; empty if that takes a person
 */
public record TopicFinding(String topic, String text, boolean fatal, Optional<TopicChange> fix) {}

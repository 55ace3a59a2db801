package dev.ratchet.topics;

import java.util.Optional;

/**
 * A problem of a topic or of the brokers.
 *
 * @param topic empty for the brokers
 * @param text one line: the topic, expected and actual value, and the setting or command that fixes it
 * @param fatal whether the stream must not run: it would not start, lose records or mix up partitions. Otherwise records are
 *     kept for another time than configured, or some are truncated or rejected.
 * @param fix what {@code topics apply} does; empty if an operator is needed
 */
public record TopicFinding(String topic, String text, boolean fatal, Optional<TopicChange> fix) {}

package dev.ratchet.topics;

import java.util.List;
import java.util.OptionalInt;

/**
 * Result of a check.
 *
 * @param findings empty if nothing is wrong; the numbers are then present
 * @param inputPartitions number of partitions of the inputs; empty if they differ
 * @param deadLetterBytes {@code max.message.bytes} of the dead-letter topic; empty if it does not exist. The producer has its
 *     own limit, {@code max.request.size}.
 */
public record TopicCheck(List<TopicFinding> findings, OptionalInt inputPartitions, OptionalInt deadLetterBytes) {}

package dev.ratchet.topics;

import java.util.List;
import java.util.OptionalInt;

/**
 * What came of looking at the topics.
 *
 * @param findings empty if all is well, and then the numbers are there
 * @param inputPartitions the number of partitions that the inputs share; empty if they do not
 * @param deadLetterBytes how large a batch the topic of the dead letters takes, headers and framing included, after
 *     compression; empty if there is no such topic. The producer has a limit of its own, {@code max.request.size}.
 */
public record TopicCheck(List<TopicFinding> findings, OptionalInt inputPartitions, OptionalInt deadLetterBytes) {
    public TopicCheck {
        findings = List.copyOf(findings);
    }
}

package dev.ratchet.topics;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many partitions the inputs and the changelog must have: all the same number, but any. The setting is for topics that
 * are yet to be created, and for those that may still be changed.
 */
final class TopicAlignment {
    private TopicAlignment() {}

    /** Whether all are there, with the same number. If not, it must be known which were written to. */
    static boolean holds(TopicPlan plan, Map<String, ActualTopic> found) {
        List<ActualTopic> there = there(plan, found);
        return there.size() == plan.aligned().count() && counts(there).size() == 1;
    }

    /** The number they must have: that of the topics that were written to, as these cannot be changed any more. */
    static int partitions(TopicPlan plan, Map<String, ActualTopic> found) {
        int wished = plan.creation().partitions();
        List<ActualTopic> there = there(plan, found);
        if (holds(plan, found)) {
            return there.get(0).partitions();
        }
        Set<Integer> fixed =
                counts(there.stream().filter(topic -> !topic.neverWritten()).toList());
        if (fixed.isEmpty()) {
            return Math.max(wished, counts(there).stream().max(Integer::compare).orElse(0)); // none can be taken away
        }
        return fixed.contains(wished) ? wished : Collections.max(fixed);
    }

    private static List<ActualTopic> there(TopicPlan plan, Map<String, ActualTopic> found) {
        return plan.aligned()
                .flatMap(spec -> Stream.ofNullable(found.get(spec.name())))
                .toList();
    }

    private static Set<Integer> counts(Collection<ActualTopic> topics) {
        return topics.stream().map(ActualTopic::partitions).collect(Collectors.toSet());
    }
}

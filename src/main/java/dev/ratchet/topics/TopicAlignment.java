package dev.ratchet.topics;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Number of partitions of the inputs and the changelog: any, but the same for all. The setting applies to new topics and to
 * those that can still be changed.
 */
final class TopicAlignment {
    private TopicAlignment() {}

    /** Whether all exist with the same number. If not, {@link #partitions} needs to know which were written to. */
    static boolean holds(TopicPlan plan, Map<String, ActualTopic> found) {
        List<ActualTopic> there = there(plan, found);
        return there.size() == plan.aligned().count() && counts(there).size() == 1;
    }

    /** The required number: that of the topics that were written to, since these cannot change any more. */
    static int partitions(TopicPlan plan, Map<String, ActualTopic> found) {
        int wished = plan.creation().partitions();
        List<ActualTopic> there = there(plan, found);
        if (holds(plan, found)) {
            return there.get(0).partitions();
        }
        Set<Integer> fixed =
                counts(there.stream().filter(topic -> !topic.neverWritten()).toList());
        if (fixed.isEmpty()) {
            return Math.max(
                    wished, counts(there).stream().max(Integer::compare).orElse(0)); // partitions cannot be removed
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

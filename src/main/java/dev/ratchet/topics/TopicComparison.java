package dev.ratchet.topics;

import dev.ratchet.config.TopicSettings;
import dev.ratchet.topics.TopicInspector.ActualTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/** Compares the existing topics with the plan. */
final class TopicComparison {
    private static final String APPLY = "run 'ratchet topics apply'";

    private final TopicPlan plan;
    private final Map<String, ActualTopic> found;
    private final int aligned;

    private TopicComparison(TopicPlan plan, Map<String, ActualTopic> found) {
        this.plan = plan;
        this.found = found;
        this.aligned = alignedPartitions(plan, found);
    }

    static TopicCheck of(TopicPlan plan, Map<String, ActualTopic> found) {
        return new TopicComparison(plan, found).check();
    }

    private TopicCheck check() {
        List<TopicFinding> findings = new ArrayList<>();
        for (TopicSpec spec : plan.topics()) {
            ActualTopic topic = found.get(spec.name());
            if (topic == null) {
                findings.add(missing(spec));
            } else {
                partitions(spec, topic).ifPresent(findings::add);
                spec.rules().stream()
                        .flatMap(rule -> violation(spec, rule, topic).stream())
                        .forEach(findings::add);
            }
        }
        return new TopicCheck(findings, inputPartitions(), deadLetterBytes());
    }

    private TopicFinding missing(TopicSpec spec) {
        int partitions = spec.isAligned() ? aligned : plan.creation().partitions();
        return new TopicFinding(
                spec.name(),
                "Expected topic %s (%s) to exist, but it does not: %s.".formatted(spec.name(), spec.setting(), APPLY),
                true,
                Optional.of(new TopicChange.Create(
                        spec.name(), partitions, plan.creation().replicationFactor(), spec.configs())));
    }

    private Optional<TopicFinding> partitions(TopicSpec spec, ActualTopic topic) {
        int count = topic.partitions();
        if (!spec.isAligned() || count == aligned) {
            return Optional.empty();
        }
        boolean canGrow = topic.neverWritten() && count < aligned;
        return Optional.of(new TopicFinding(
                spec.name(),
                "Expected topic %s to have %d partitions, as inputs and changelog must have the same number, but it has %d: %s."
                        .formatted(spec.name(), aligned, count, canGrow ? APPLY : replaceTopic(spec, topic)),
                true,
                canGrow ? Optional.of(new TopicChange.Grow(spec.name(), aligned, count)) : Optional.empty()));
    }

    /** With another number of partitions, later events of a task would go to another partition than earlier ones. */
    private static String replaceTopic(TopicSpec spec, ActualTopic topic) {
        return topic.neverWritten()
                ? "none can be taken away, but nothing was ever written to it: delete it, and " + APPLY
                : "it has been written to, and its records would not move. Set %s to a new topic, %s, and have %s there"
                        .formatted(spec.setting(), APPLY, spec.isInput() ? "its producers write" : "its readers read");
    }

    private static Optional<TopicFinding> violation(TopicSpec spec, TopicRule rule, ActualTopic topic) {
        String value = topic.configs().get(rule.config());
        if (value == null || rule.accepts().test(value)) { // older brokers do not know all of them
            return Optional.empty();
        }
        return Optional.of(new TopicFinding(
                spec.name(),
                "Expected topic %s to have %s %s, but it has %s%s: %s."
                        .formatted(
                                spec.name(),
                                rule.config(),
                                rule.expected(),
                                value,
                                rule.otherwise(),
                                remedy(spec, rule)),
                rule.isFatal(),
                Optional.<TopicChange>of(new TopicChange.Alter(spec.name(), rule.config(), rule.value(), value))
                        .filter(change -> spec.mayBeAltered())));
    }

    private static String remedy(TopicSpec spec, TopicRule rule) {
        if (!spec.mayBeAltered()) {
            return "run 'kafka-configs.sh --bootstrap-server … --alter --topic %s --add-config %s=%s', as it is not Ratchet's"
                    .formatted(spec.name(), rule.config(), rule.value());
        }
        return rule.config().equals(TopicConfig.RETENTION_MS_CONFIG)
                ? APPLY + ", or set ratchet.topic.retention"
                : APPLY;
    }

    private OptionalInt inputPartitions() {
        int[] counts = found(TopicSpec::isInput)
                .mapToInt(ActualTopic::partitions)
                .distinct()
                .toArray();
        return counts.length == 1 ? OptionalInt.of(counts[0]) : OptionalInt.empty();
    }

    private OptionalInt deadLetterBytes() {
        return found(spec -> spec.setting().equals(TopicSettings.DEAD_LETTERS))
                .flatMap(topic -> Stream.ofNullable(topic.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    private Stream<ActualTopic> found(Predicate<TopicSpec> which) {
        return plan.topics().stream().filter(which).flatMap(spec -> Stream.ofNullable(found.get(spec.name())));
    }

    /** Whether all exist with the same number. If not, {@link #alignedPartitions} needs to know which were written to. */
    static boolean areAligned(TopicPlan plan, Map<String, ActualTopic> found) {
        List<ActualTopic> there = there(plan, found);
        return there.size() == plan.aligned().count() && counts(there).size() == 1;
    }

    /**
     * The number of partitions that inputs and changelog must have. It may be any: that of the topics that were written
     * to, since these cannot change any more, or else that of the settings.
     */
    static int alignedPartitions(TopicPlan plan, Map<String, ActualTopic> found) {
        int wished = plan.creation().partitions();
        List<ActualTopic> there = there(plan, found);
        if (areAligned(plan, found)) {
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

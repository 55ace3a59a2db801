package dev.ratchet.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Checks the topics, and fixes them where that loses nothing: creates and configures topics, and adds partitions to topics
 * that were never written to. Deletes nothing.
 *
 * <p>Each method may throw {@link BrokerUnavailableException}, after 15 seconds a request or what {@code
 * default.api.timeout.ms} says, and {@link BrokerRefusedException}. All are safe to repeat, also
 * concurrently.
 */
public final class TopicAdmin implements AutoCloseable {
    /**
     * Result of applying a plan.
     *
     * @param lines what was done to each topic, or would be, in the order of the plan
     * @param unresolved findings that need an operator
     */
    public record ApplyResult(List<String> lines, List<TopicFinding> unresolved) {}

    private final Map<String, Object> kafka;
    private final TopicClient client;
    private final TopicInspector inspector;
    private final BrokerInspector brokers;

    /**
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams, e.g. {@code admin.request.timeout.ms}
     * @throws BrokerUnavailableException if no address can be resolved
     * @throws org.apache.kafka.common.config.ConfigException if Kafka's client rejects a setting
     */
    public TopicAdmin(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
        client = new TopicClient(kafka);
        inspector = new TopicInspector(client);
        brokers = new BrokerInspector(client);
    }

    public TopicCheck check(TopicPlan plan) {
        TopicCheck topics = compare(plan);
        List<TopicFinding> all = new ArrayList<>(topics.findings());
        all.addAll(brokers.findings(plan));
        return new TopicCheck(all, topics.inputPartitions(), topics.deadLetterBytes());
    }

    private TopicCheck compare(TopicPlan plan) {
        return TopicComparison.of(plan, inspector.inspect(plan));
    }

    /** Applies the plan. When it returns, new topics can be written to. */
    public ApplyResult apply(TopicPlan plan) {
        return apply(plan, this::execute);
    }

    /** Lists what {@link #apply} would do. Changes nothing. */
    public ApplyResult dryRun(TopicPlan plan) {
        return apply(plan, change -> "would " + change.verb() + " " + change);
    }

    /** {@return number of partitions; empty if the topic does not exist} */
    public Optional<Integer> partitions(String topic) {
        return inspector.partitionCount(topic);
    }

    /** {@return whether a record was ever written to the topic, even if it was deleted; false if the topic does not exist} */
    public boolean isWritten(String topic) {
        return inspector
                .partitionCount(topic)
                .flatMap(partitions -> inspector.recordsWritten(topic, partitions))
                .filter(end -> end > 0)
                .isPresent();
    }

    /**
     * {@return whether the topic holds a committed record; true if it was written to but Ratchet may not read it; false
     * if it does not exist} Reads up to the first record.
     */
    public boolean holdsRecords(String topic) {
        try {
            return isWritten(topic) && TopicReader.find(kafka, topic, Long.MAX_VALUE, client.timeout, record -> true);
        } catch (TopicAuthorizationException writeOnly) {
            return true;
        }
    }

    /**
     * {@return how old a record is at least when compaction may remove it, from {@code min.compaction.lag.ms}; empty if the
     * topic is not compacted, or does not exist}
     */
    public Optional<Duration> compactionLag(String topic) {
        return inspector
                .configs(topic)
                .filter(configs -> configs.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "")
                        .contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .map(configs -> Duration.ofMillis(
                        Long.parseLong(configs.getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0"))));
    }

    private ApplyResult apply(TopicPlan plan, Function<TopicChange, String> step) {
        List<TopicFinding> findings = compare(plan).findings();
        List<String> lines = new ArrayList<>();
        for (TopicSpec spec : plan.topics()) {
            int before = lines.size();
            findings.stream()
                    .filter(finding -> finding.topic().equals(spec.name()))
                    .forEach(finding -> lines.add(finding.fix().map(step).orElse("left " + finding.text())));
            if (lines.size() == before) {
                lines.add("ok " + spec.name());
            }
        }
        return new ApplyResult(
                lines,
                findings.stream().filter(finding -> finding.fix().isEmpty()).toList());
    }

    private String execute(TopicChange change) {
        return change.fold(this::create, this::grow, this::alter);
    }

    private String create(TopicChange.Create create) {
        NewTopic topic = new NewTopic(create.topic(), create.partitions(), create.replicationFactor());
        Optional<String> done = client.getUnless(
                TopicExistsException.class,
                "create " + create,
                client.admin
                        .createTopics(List.of(topic.configs(create.configs())))
                        .all()
                        .thenApply(nothing -> "created " + create));
        inspector.await(create.topic(), done.isPresent() ? create.partitions() : 1);
        return done.orElseGet(() -> changedByOthers(create));
    }

    private String grow(TopicChange.Grow grow) {
        NewPartitions partitions = NewPartitions.increaseTo(grow.partitions());
        Optional<String> done = client.getUnless(
                InvalidPartitionsException.class,
                "change " + grow,
                client.admin
                        .createPartitions(Map.of(grow.topic(), partitions))
                        .all()
                        .thenApply(nothing -> "changed " + grow));
        inspector.await(grow.topic(), done.isPresent() ? grow.partitions() : 1);
        return done.orElseGet(() -> hasGrown(grow) ? "changed " + grow : changedByOthers(grow));
    }

    private String alter(TopicChange.Alter alter) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, alter.topic());
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(alter.config(), alter.value()), AlterConfigOp.OpType.SET);
        client.get(
                "change " + alter,
                client.admin
                        .incrementalAlterConfigs(Map.of(topic, List.of(set)))
                        .all());
        return "changed " + alter;
    }

    private static String changedByOthers(TopicChange change) {
        return "met " + change.topic() + ": changed by someone else meanwhile, run 'ratchet topics check'";
    }

    /** If a response is lost, Kafka's client repeats the request, and the broker rejects it because it is done. */
    private boolean hasGrown(TopicChange.Grow grow) {
        return inspector
                .partitionCount(grow.topic())
                .filter(count -> count == grow.partitions())
                .isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}

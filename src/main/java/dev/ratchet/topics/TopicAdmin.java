package dev.ratchet.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Looks at the topics, and makes them right as far as that loses nothing: it creates and configures, and adds partitions
 * where nothing was ever written. It deletes nothing.
 *
 * <p>Each method may throw {@link BrokerUnavailableException}, after 15 seconds a request or what {@code
 * default.api.timeout.ms} says, and {@link BrokerRefusedException}. All may be called again, and by several at once.
 */
public final class TopicAdmin implements AutoCloseable {
    private final Map<String, Object> kafka;
    private final TopicClient client;
    private final TopicInspector look;
    private final BrokerInspector brokers;

    /**
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams, e.g. {@code admin.request.timeout.ms}
     * @throws BrokerUnavailableException if the settings do not make a client, or name no address that can be found
     */
    public TopicAdmin(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
        client = new TopicClient(kafka);
        look = new TopicInspector(client);
        brokers = new BrokerInspector(client);
    }

    /** Looks at the topics and the brokers. Changes nothing. */
    public TopicCheck check(TopicPlan plan) {
        TopicCheck topics = compare(plan);
        List<TopicFinding> all = new ArrayList<>(topics.findings());
        all.addAll(brokers.findings(plan));
        return new TopicCheck(all, topics.inputPartitions(), topics.deadLetterBytes());
    }

    private TopicCheck compare(TopicPlan plan) {
        return TopicComparison.of(plan, look.at(plan));
    }

    /** Makes the topics right. When it returns, those it created can be written to. */
    public ApplyResult apply(TopicPlan plan) {
        return apply(plan, this::make);
    }

    /** Says what {@link #apply} would do. Changes nothing. */
    public ApplyResult dryRun(TopicPlan plan) {
        return apply(plan, change -> "would " + change.verb() + " " + change);
    }

    /** {@return how many partitions the topic has; empty if there is no such topic} */
    public Optional<Integer> partitions(String topic) {
        return look.count(topic);
    }

    /** {@return whether anything was ever written to the topic, kept or not; false if there is no such topic} */
    public boolean isWritten(String topic) {
        return look.count(topic)
                .flatMap(partitions -> look.written(topic, partitions))
                .filter(end -> end > 0)
                .isPresent();
    }

    /** {@return whether the topic holds a committed record} Reads it up to the first. False if there is no such topic. */
    public boolean holdsRecords(String topic) {
        return isWritten(topic) && CommittedRecords.isAnyIn(topic, kafka, client.patience);
    }

    private ApplyResult apply(TopicPlan plan, Function<TopicChange, String> making) {
        List<TopicFinding> findings = compare(plan).findings();
        List<String> lines = new ArrayList<>();
        for (TopicSpec spec : plan.topics()) {
            int before = lines.size();
            findings.stream()
                    .filter(finding -> finding.topic().equals(spec.name()))
                    .forEach(finding -> lines.add(finding.mend().map(making).orElse("left " + finding.text())));
            if (lines.size() == before) {
                lines.add("ok " + spec.name());
            }
        }
        return new ApplyResult(
                lines,
                findings.stream().filter(finding -> finding.mend().isEmpty()).toList());
    }

    private String make(TopicChange change) {
        if (change instanceof TopicChange.Create create) {
            NewTopic topic = new NewTopic(create.topic(), create.partitions(), create.replicationFactor());
            return spread(
                    create,
                    create.partitions(),
                    TopicExistsException.class,
                    client.admin
                            .createTopics(List.of(topic.configs(create.configs())))
                            .all());
        }
        if (change instanceof TopicChange.Grow grow) {
            NewPartitions partitions = NewPartitions.increaseTo(grow.partitions());
            return spread(
                    grow,
                    grow.partitions(),
                    InvalidPartitionsException.class,
                    client.admin
                            .createPartitions(Map.of(grow.topic(), partitions))
                            .all());
        }
        TopicChange.Alter alter = (TopicChange.Alter) change;
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, alter.topic());
        AlterConfigOp set = new AlterConfigOp(new ConfigEntry(alter.config(), alter.value()), AlterConfigOp.OpType.SET);
        client.get(
                "change " + alter,
                client.admin
                        .incrementalAlterConfigs(Map.of(topic, List.of(set)))
                        .all());
        return "changed " + alter;
    }

    /** @param overtaken the answer if someone else did it first, to the same end or another */
    private String spread(
            TopicChange change, int partitions, Class<? extends KafkaException> overtaken, KafkaFuture<Void> answer) {
        Optional<String> done = client.getUnless(
                overtaken, change.verb() + " " + change, answer.thenApply(nothing -> change.verb() + "d " + change));
        look.await(change.topic(), done.isPresent() ? partitions : 1); // one who was first may want another number
        return done.orElseGet(() -> grew(change, partitions)
                ? change.verb() + "d " + change
                : "met " + change.topic() + ": someone else made it meanwhile, run 'ratchet topics check'");
    }

    /** Kafka's client asks again if the answer got lost, and is then told that there is nothing left to do. */
    private boolean grew(TopicChange change, int partitions) {
        return change instanceof TopicChange.Grow
                && look.count(change.topic())
                        .filter(count -> count == partitions)
                        .isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}

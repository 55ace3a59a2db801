package dev.ratchet.topics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Looks at what the brokers are like, as far as what Ratchet promises depends on it and no topic tells it. */
final class BrokerInspector {
    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final int LEAST_TRANSACTION_VERSION = 2;
    private static final String MESSAGE_MAX_BYTES = "message.max.bytes";

    private final TopicClient client;

    BrokerInspector(TopicClient client) {
        this.client = client;
    }

    /** {@return what is wrong, but nothing fatal} What the brokers do not show is not looked at. */
    List<TopicFinding> findings(TopicPlan plan) {
        List<TopicFinding> findings = new ArrayList<>();
        int version = transactionVersion();
        if (version < LEAST_TRANSACTION_VERSION) {
            findings.add(finding(
                    ("Expected the brokers' feature transaction.version to be at least 2, but it is %d: a record"
                                    + " of one transaction that arrives late may become part of the next, and what Ratchet"
                                    + " promises of exactly-once does not hold then (KIP-890). On brokers of Kafka 4.0 or later,"
                                    + " run 'kafka-features.sh --bootstrap-server … upgrade --feature transaction.version=2'.")
                            .formatted(version)));
        }
        OptionalInt bytes = plan.stateBytes().isPresent() ? plan.stateBytes() : messageMaxBytes();
        if (bytes.isPresent() && bytes.getAsInt() < plan.largestState()) {
            findings.add(finding(
                    ("Expected %s to be at least %d, as the topics that hold Ratchet's state have it, but it is %d: of tasks"
                                    + " with larger outputs the records become dead letters (TOO_LARGE). %s.")
                            .formatted(
                                    plan.stateBytes().isPresent()
                                            ? "kafka.topic.max.message.bytes"
                                            : MESSAGE_MAX_BYTES + " of the brokers",
                                    plan.largestState(),
                                    bytes.getAsInt(),
                                    plan.stateBytes().isPresent()
                                            ? "Raise it, also on the topics that are there"
                                            : "Raise it, or set kafka.topic.max.message.bytes")));
        }
        return findings;
    }

    private static TopicFinding finding(String text) {
        return new TopicFinding("", text, false, Optional.empty());
    }

    /** {@return 0 where there is no such feature} */
    private int transactionVersion() {
        return client.getUnless(
                        UnsupportedVersionException.class,
                        "describe the features of the brokers",
                        client.admin
                                .describeFeatures()
                                .featureMetadata()
                                .thenApply(all -> Optional.ofNullable(
                                                all.finalizedFeatures().get(TRANSACTION_VERSION))
                                        .map(FinalizedVersionRange::maxVersionLevel)
                                        .map(Short::intValue)
                                        .orElse(0)))
                .orElse(0);
    }

    private OptionalInt messageMaxBytes() {
        // Hosted brokers may refuse both in several ways.
        Class<? extends KafkaException> refused = ApiException.class;
        Optional<Integer> node = client.getUnless(
                refused,
                "describe the cluster",
                client.admin
                        .describeCluster()
                        .nodes()
                        .thenApply(nodes ->
                                nodes.stream().findFirst().map(one -> one.id()).orElse(null)));
        return node.flatMap(id -> client.getUnless(
                        refused,
                        "describe the configuration of broker " + id,
                        client.admin
                                .describeConfigs(List.of(broker(id)))
                                .all()
                                .thenApply(all -> all.values().iterator().next().get(MESSAGE_MAX_BYTES))))
                .map(ConfigEntry::value)
                .map(value -> OptionalInt.of(Integer.parseInt(value)))
                .orElse(OptionalInt.empty());
    }

    private static ConfigResource broker(int id) {
        return new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id));
    }
}

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

/** Checks broker features and limits that Ratchet depends on and that no topic configuration shows. */
final class BrokerInspector {
    private static final String TRANSACTION_VERSION = "transaction.version";
    private static final int LEAST_TRANSACTION_VERSION = 2;
    private static final String MESSAGE_MAX_BYTES = "message.max.bytes";

    private final TopicClient client;

    BrokerInspector(TopicClient client) {
        this.client = client;
    }

    /** {@return findings, none of them fatal} Skips what the brokers do not show. */
    List<TopicFinding> findings(TopicPlan plan) {
        List<TopicFinding> findings = new ArrayList<>();
        int version = transactionVersion();
        if (version < LEAST_TRANSACTION_VERSION) {
            findings.add(finding(
                    ("Expected the brokers' feature transaction.version to be at least 2, but it is %d: a record"
                                    + " of one transaction that arrives late may become part of the next, so exactly-once is"
                                    + " not guaranteed (KIP-890). On brokers of Kafka 4.0 or later,"
                                    + " run 'kafka-features.sh --bootstrap-server … upgrade --feature transaction.version=2'.")
                            .formatted(version)));
        }
        OptionalInt bytes = plan.stateBytes().isPresent() ? plan.stateBytes() : messageMaxBytes();
        if (bytes.isPresent() && bytes.getAsInt() < plan.largestState()) {
            findings.add(finding(
                    ("Expected %s to be at least %d, for the topics that hold Ratchet's state, but it is %d: records of tasks"
                                    + " with larger outputs become dead letters (TOO_LARGE). %s.")
                            .formatted(
                                    plan.stateBytes().isPresent()
                                            ? "kafka.topic.max.message.bytes"
                                            : MESSAGE_MAX_BYTES + " of the brokers",
                                    plan.largestState(),
                                    bytes.getAsInt(),
                                    plan.stateBytes().isPresent()
                                            ? "Raise it, also on the existing topics"
                                            : "Raise it, or set kafka.topic.max.message.bytes")));
        }
        return findings;
    }

    private static TopicFinding finding(String text) {
        return new TopicFinding("", text, false, Optional.empty());
    }

    /** {@return 0 if the feature does not exist} */
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
        // Hosted brokers may reject both requests in several ways.
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

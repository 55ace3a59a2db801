package dev.ratchet.bench;

import dev.ratchet.cluster.HttpRegistry;
import dev.ratchet.config.Settings;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** A broker in a process of its own, and a registry; each measurement has topics and state of its own there. */
final class Cluster implements AutoCloseable {
    private static final Duration BALANCED_WITHIN = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("bootstrap\\.servers=(\\S+)");

    private final Path folder;
    private final Child broker;
    private final HttpRegistry registry;
    private final String address;
    private final Admin admin;

    private Cluster(Path folder, Child broker, HttpRegistry registry) throws InterruptedException {
        this.folder = folder;
        this.broker = broker;
        this.registry = registry;
        this.address = address(broker);
        this.admin = Admin.create(Map.of("bootstrap.servers", address));
    }

    static Cluster start() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("ratchet-benchmark");
        Child broker = Child.start(
                folder.resolve("broker.log"),
                List.of("-Xms1g", "-Xmx1g"),
                BrokerMain.class.getName(),
                List.of(folder.resolve("broker").toString()));
        return new Cluster(folder, broker, HttpRegistry.start());
    }

    private static String address(Child broker) throws InterruptedException {
        while (true) {
            broker.requireAlive();
            Matcher found = ADDRESS.matcher(broker.output());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(200);
        }
    }

    /**
     * The settings of one measurement; its topics are there when this returns. The input topics are the same for all.
     *
     * @param name e.g. {@code ratchet-1}
     */
    Run prepare(String name, String source, Map<String, String> more) {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("kafka.bootstrap.servers", address);
        given.put("ratchet.schema.registry.url", registry.url());
        given.put("ratchet.application.id", name);
        given.put("ratchet.source", source);
        given.put("ratchet.state.dir", folder.resolve(name).toString());
        given.put("ratchet.http.port", "0");
        for (String topic : List.of("changelog", "rejections", "alerts", "dead-letters")) {
            given.put("ratchet.topic." + topic, name + "." + topic);
        }
        given.putAll(more);
        Settings settings = Settings.load(Optional.empty(), Map.of(), given);
        try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
            topics.apply(TopicPlan.of(settings));
        }
        return new Run(given, settings);
    }

    /** Removes topics and state of a measurement: the disk is not endless. */
    void discard(String name) throws InterruptedException, ExecutionException, IOException {
        Utils.delete(folder.resolve(name).toFile());
        Collection<String> its = admin.listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(name + ".") || topic.startsWith(name + "-"))
                .toList();
        admin.deleteTopics(its).all().get();
    }

    /** How many records lie on a topic, of which nothing was removed yet. */
    long records(String topic) throws InterruptedException, ExecutionException {
        TopicDescription described = Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        Map<TopicPartition, OffsetSpec> ends = described.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic, partition.partition()),
                        partition -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** How many records its stores would be restored from, as far as they were not compacted away. */
    long storeRecords(String application) throws InterruptedException, ExecutionException {
        long records = 0;
        for (String topic : admin.listTopics().names().get()) {
            if (topic.startsWith(application + "-") && topic.endsWith("-changelog")) {
                records += records(topic);
            }
        }
        return records;
    }

    /** How many records of a topic an application is done with. */
    long committed(String application, String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get();
        return offsets.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /** Waits until the group has given up all its members, such as one that was killed. */
    void awaitNoMembers(String group) throws InterruptedException, ExecutionException {
        while (admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .anyMatch(one -> !one.members().isEmpty())) {
            Thread.sleep(100);
        }
    }

    /** Waits until the members of the group have as many partitions of the topic each. */
    void awaitBalance(String group, String topic, int members) throws InterruptedException, ExecutionException {
        long giveUp = System.nanoTime() + BALANCED_WITHIN.toNanos();
        List<Long> held = List.of();
        while (held.size() != members || Set.copyOf(held).size() != 1) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        "Expected %d members of %s to hold as many partitions of %s each, but after %s they hold %s"
                                .formatted(members, group, topic, BALANCED_WITHIN, held));
            }
            Thread.sleep(100);
            held = admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(one -> one.members().stream())
                    .map(member -> member.assignment().topicPartitions().stream()
                            .filter(partition -> partition.topic().equals(topic))
                            .count())
                    .toList();
        }
    }

    String address() {
        return address;
    }

    String registryUrl() {
        return registry.url();
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        admin.close();
        broker.close();
        registry.close();
        Utils.delete(folder.toFile());
    }
}

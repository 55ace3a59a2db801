package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The packaged program while 100,000 tasks become STUCK and later end, with steady traffic: each alert is opened and
 * resolved once, also if the process is killed or stopped meanwhile, and lists, metrics and log stay usable.
 */
@Timeout(900)
class ManyOpenAlertsIT {
    private static final Logger LOG = LoggerFactory.getLogger(ManyOpenAlertsIT.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final int TASKS = 100_000;
    private static final int PAGE = 1_000;
    private static final String PREFIX = "stuck-";
    private static final String OPEN = "ratchet_alerts_open{kind=\"STUCK\"}";

    /** The tasks become stuck one after the other within this time, so that a process can be killed in between. */
    private static final Duration SPREAD = Duration.ofSeconds(40);

    private static final Duration LIMIT = SPREAD.plusSeconds(20);

    /** Lines of alerts a minute; a minute of the clock touches two windows of the limit. */
    private static final int MOST_LINES = 2 * 20;

    private static final Pattern LEFT_OUT = Pattern.compile(" (\\d+) more alerts were opened or resolved");

    @TempDir
    Path folder;

    @Test
    void eachAlertIsOpenedAndResolvedOnceWhileAllStaysUsable() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = HttpRegistry.start()) {
            Map<String, String> values = values(kafka, registry);
            Settings settings = Settings.load(Optional.empty(), Map.of(), values);
            try (TopicAdmin topics = new TopicAdmin(settings.kafka())) {
                topics.apply(TopicPlan.of(settings));
            }
            try (AlertTally tally = new AlertTally(settings, PREFIX);
                    NewTasks others = NewTasks.start(settings)) {
                Scraped empty;
                try (PackagedInstance killed = PackagedInstance.start(folder, values)) {
                    await().atMost(TIMEOUT).until(killed::isReady);
                    await().atMost(TIMEOUT).until(() -> tally.poll().otherChanges() > PAGE);
                    empty = Scraped.of(killed);
                    produce(settings, "SCHEDULED", 1, SPREAD);
                    await().atMost(TIMEOUT).until(() -> tally.poll().opened() > TASKS / 4);
                    killed.process().kill();
                }
                assertThat(tally.opened()).isLessThan(TASKS / 2);
                try (PackagedInstance stopped = PackagedInstance.start(folder, values)) {
                    await().atMost(TIMEOUT).until(() -> tally.poll().opened() > TASKS / 2);
                    assertThat(stopped.process().terminate())
                            .as(stopped.process().output())
                            .isEqualTo(143);
                }
                int before = tally.pollToEnd().opened();
                assertThat(before).isLessThan(TASKS);
                try (PackagedInstance instance = PackagedInstance.start(folder, values)) {
                    openAndResolve(instance, settings, tally, empty);
                    await().atMost(TIMEOUT)
                            .untilAsserted(
                                    () -> assertLogSays(instance.process().output(), 2 * TASKS - before));
                }
                assertThat(others.isAlive()).isTrue();
            }
        }
    }

    private void openAndResolve(PackagedInstance instance, Settings settings, AlertTally tally, Scraped empty)
            throws Exception {
        await().atMost(TIMEOUT).until(instance::isListening);
        try (Sampler live = Sampler.of(() -> probe(instance, "live"))) {
            processesOthersUntil(tally, () -> tally.poll().opened() == TASKS);
            await().atMost(TIMEOUT).until(() -> instance.sum(OPEN) == TASKS);
            Scraped many = Scraped.of(instance);
            LOG.info("A scrape without alerts: {}, with {}: {}", empty, TASKS, many);
            assertThat(many.nanos()).isLessThan(10 * empty.nanos());
            assertThat(many.size()).isLessThan(2 * empty.size());
            assertListIsUsable(instance);
            assertThat(tally.poll().unexpected()).isEmpty();

            produce(settings, "COMPLETED", 2, Duration.ZERO);
            processesOthersUntil(tally, () -> tally.poll().resolved() == TASKS);
            await().atMost(TIMEOUT).until(() -> instance.sum(OPEN) == 0);
            assertThat(instance.alerts(PAGE)).isEmpty();
            assertThat(tally.poll().unexpected()).isEmpty();
            assertThat(live.take()).containsOnlyKeys("200");
            assertThat(probe(instance, "ready")).isEqualTo("200");
        }
    }

    /** Waits, and fails if nothing else is processed meanwhile. */
    private static void processesOthersUntil(AlertTally tally, Callable<Boolean> condition) {
        List<Long> changes = new ArrayList<>();
        await().atMost(TIMEOUT).until(() -> {
            changes.add(tally.otherChanges());
            return condition.call();
        });
        assertThat(changes.get(changes.size() - 1)).isGreaterThan(changes.get(0));
    }

    private static void assertListIsUsable(PackagedInstance instance) {
        long startedAt = System.nanoTime();
        JsonNode first = instance.alertPage("kind=STUCK&limit=" + PAGE);
        long firstPage = System.nanoTime() - startedAt;
        assertThat(first.path("counts").toString()).isEqualTo("{\"STUCK\":" + TASKS + "}");

        startedAt = System.nanoTime();
        List<JsonNode> all = instance.alerts(PAGE);
        long allPages = System.nanoTime() - startedAt;
        LOG.info(
                "The first page of alerts took {} ms, all {} took {} ms",
                firstPage / 1_000_000,
                TASKS / PAGE,
                allPages / 1_000_000);
        assertThat(firstPage).isLessThan(allPages / 10);
        Set<String> tasks = new HashSet<>();
        all.forEach(alert -> tasks.add(alert.path("taskId").textValue()));
        assertThat(all).hasSize(TASKS);
        assertThat(tasks).hasSize(TASKS);
    }

    /** Few lines, and together with the counts of what was left out, each alert. */
    private static void assertLogSays(String log, int alerts) {
        Map<String, Long> lines = log.lines()
                .filter(line -> line.contains(" Alert STUCK "))
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, "2026-01-01T00:00".length()), Collectors.counting()));
        assertThat(lines.values()).isNotEmpty().allMatch(count -> count <= MOST_LINES);
        long leftOut = LEFT_OUT.matcher(log)
                .results()
                .mapToLong(count -> Long.parseLong(count.group(1)))
                .sum();
        long logged = lines.values().stream().mapToLong(Long::longValue).sum();
        assertThat(logged + leftOut).isEqualTo(alerts);
        assertThat(log.lines()).hasSizeLessThan(1_000).noneMatch(line -> line.contains("RATCHET-"));
    }

    /**
     * What it costs to read {@code /metrics}.
     *
     * @param nanos median
     */
    private record Scraped(long nanos, int size) {
        static Scraped of(PackagedInstance instance) throws Exception {
            long[] nanos = new long[21];
            int size = 0;
            for (int i = 0; i < nanos.length; i++) {
                long startedAt = System.nanoTime();
                size = instance.get("/metrics").body().length();
                nanos[i] = System.nanoTime() - startedAt;
            }
            Arrays.sort(nanos);
            return new Scraped(nanos[nanos.length / 2], size);
        }
    }

    private static String probe(PackagedInstance instance, String probe) throws Exception {
        return String.valueOf(instance.get("/health/" + probe).statusCode());
    }

    /** @param spread the first record is that old, the last one is new */
    private static void produce(Settings settings, String status, long position, Duration spread) throws Exception {
        long now = System.currentTimeMillis();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            Recorded record = SteadyRecords.record(PREFIX + i, status, position);
            long at = now - spread.toMillis() + spread.toMillis() * i / TASKS;
            records.add(new ProducerRecord<>(settings.topics().cdc(), null, at, record.key(), record.value()));
        }
        Inputs.send((String) settings.kafka().get("bootstrap.servers"), records);
    }

    private Map<String, String> values(EmbeddedKafka kafka, HttpRegistry registry) {
        return Map.of(
                "ratchet.source",
                "debezium",
                "ratchet.topic.partitions",
                "4",
                "ratchet.stuck.scheduled",
                LIMIT.toString(),
                "ratchet.http.port",
                "0",
                "ratchet.state.dir",
                folder.resolve("state").toString(),
                "ratchet.schema.registry.url",
                registry.url(),
                "kafka.bootstrap.servers",
                kafka.bootstrapServers());
    }
}

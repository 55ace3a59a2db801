package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.v1.RepairCommand;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All recordings as input, all output topics checked, on a real Kafka, while instances and broker restart. */
abstract class ClusterSuite extends OnCluster {
    // Kafka Streams and its producers each wait up to two minutes for a killed broker.
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int MAX_ATTEMPTS = 4;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSuite.class);
    private static final List<Recorded> ALL = Recordings.NAMES.stream()
            .flatMap(name -> Recordings.cdc(name).stream())
            .toList();
    private static final List<Recorded> BEGINNING = ALL.subList(0, ALL.size() / 3);
    private static final List<Recorded> MIDDLE = ALL.subList(ALL.size() / 3, ALL.size() * 2 / 3);
    private static final List<Recorded> END = ALL.subList(ALL.size() * 2 / 3, ALL.size());

    private final Expectations recordings = new Expectations(Recordings.NAMES);

    @Test
    void recordingsAndNativeEventsProduceExpectedOutputs() throws Exception {
        NativeCopy copy = new NativeCopy(Recordings.NAMES);
        Expectations both = recordings.and(copy.expected());
        Map<String, String> repairing = Map.of(
                "ratchet.repair.mode", "apply",
                "ratchet.repair.settle", "PT0S",
                "ratchet.conductor.url", "http://127.0.0.1:9/api");
        try (ClusterRun trial = trial(repairing)) {
            // Before the start: timers wait for the backlog, so divergences that end within it are not repaired.
            trial.produce(ALL);
            trial.produceEvents(copy.events);
            trial.produce(List.of(
                    new Recorded("t1", "{\"op\":\"c\""),
                    new Recorded("t2", ALL.get(0).json())));
            try (Instance one = trial.start("one")) {
                int read = ALL.size() + copy.events.size() + 2;
                assertOutputs(both, trial, read);
                until(() ->
                        trial.outputs.poll().commands.size() >= both.diverged().size());
                assertThat(trial.outputs.commands)
                        .extracting(RepairCommand::getTaskId)
                        .containsExactlyInAnyOrderElementsOf(both.diverged());
                assertThat(trial.outputs.deadLetters)
                        .extracting(Outputs::category)
                        .containsExactlyInAnyOrder("MALFORMED", "KEY_MISMATCH");
                assertThat(one.read()).isEqualTo(read);
            }
        }
    }

    @Test
    void instanceContinuesAfterStopAndKill() throws Exception {
        try (ClusterRun trial = trial(Map.of())) {
            try (Instance stopped = trial.start("one")) {
                trial.produce(BEGINNING);
                until(() -> someOf(trial, BEGINNING));
                assertThat(stopped.read()).isPositive();
            }
            try (RatchetProcess killed = trial.launch("one")) {
                int before = trial.outputs.poll().changes.size();
                trial.produce(MIDDLE);
                until(() -> trial.outputs.poll().changes.size() > before);
                trial.produce(END);
                killed.kill();
            }
            try (Instance again = trial.start("one")) {
                assertOutputs(recordings, trial, ALL.size());
                assertThat(again.read()).isPositive();
            }
        }
    }

    @Test
    void secondInstanceSharesWorkAndLeaves() throws Exception {
        try (ClusterRun trial = trial(Map.of());
                Instance first = trial.start("first")) {
            trial.produce(BEGINNING);
            until(() -> someOf(trial, BEGINNING));
            long read;
            try (Instance second = trial.start("second")) {
                until(second::isAtWork);
                trial.produce(MIDDLE);
                until(() -> second.read() > 0 && first.read() + second.read() == BEGINNING.size() + MIDDLE.size());
                read = second.read();
            }
            trial.produce(END);
            assertOutputs(recordings, trial, ALL.size());
            assertThat(first.read() + read).isEqualTo(ALL.size());
        }
    }

    @Test
    void streamContinuesAfterBrokerRestart() throws Exception {
        Prerequisites.skipUnless(
                cluster().canRestart(),
                "Expected a Kafka of our own to restart, but " + ExternalCluster.BOOTSTRAP + " names somebody's");
        int attempts = 1;
        while (!survivesRestart()) {
            LOG.warn("The broker took a transaction for complete that it had not marked. Restarting it once more.");
            assertThat(attempts++).as("attempts with a broker error").isLessThan(MAX_ATTEMPTS);
        }
    }

    /** Commits rarely, because a broker killed while completing a transaction loses it. */
    private boolean survivesRestart() throws Exception {
        try (ClusterRun trial = trial(Map.of("kafka.commit.interval.ms", "2000"));
                Instance one = trial.start("one")) {
            trial.produce(BEGINNING);
            until(() -> someOf(trial, BEGINNING));
            trial.produce(MIDDLE);
            int unmarked = cluster().unmarkedTransactions();
            cluster().restart();
            trial.produce(END);
            if (cluster().unmarkedTransactions() > unmarked) {
                return false;
            }
            assertOutputs(recordings, trial, ALL.size());
            assertThat(one.isAtWork()).isTrue();
            return true;
        }
    }

    @Test
    void standbyTakesOverKilledInstanceWithoutRestoring() throws Exception {
        try (ClusterRun trial = trial(Map.of("kafka.num.standby.replicas", "1"));
                RatchetProcess killed = trial.launch("killed");
                Instance standby = trial.start("standby")) {
            until(() -> standby.isAtWork()
                    && standby.inputs() < allInputs()
                    && killed.output().contains("Stream is RUNNING"));
            trial.produce(BEGINNING);
            trial.produce(MIDDLE);
            StoreChangelogs kept = new StoreChangelogs(trial.settings);
            until(() -> trial.committed() == BEGINNING.size() + MIDDLE.size() && kept.areHeldBy(standby.standby()));
            killed.kill();
            until(() -> standby.inputs() == allInputs());
            trial.produce(END);
            assertOutputs(recordings, trial, ALL.size());
            assertThat(standby.restored()).isZero();
        }
    }

    @Test
    void staticMemberRestartsWithoutRebalance() throws Exception {
        Map<String, String> patient = Map.of("kafka.main.consumer.session.timeout.ms", "60000");
        try (ClusterRun trial = trial(patient);
                Instance staying = trial.start("staying", member("staying"))) {
            int rebalances;
            int inputs;
            try (Instance restarted = trial.start("restarted", member("restarted"))) {
                until(() -> staying.isAtWork()
                        && restarted.isAtWork()
                        && staying.inputs() + restarted.inputs() == allInputs());
                trial.produce(BEGINNING);
                until(() -> someOf(trial, BEGINNING) && staying.read() + restarted.read() == BEGINNING.size());
                rebalances = staying.rebalances();
                inputs = staying.inputs();
            }
            trial.produce(MIDDLE);
            try (Instance again = trial.start("restarted", member("restarted"))) {
                trial.produce(END);
                assertOutputs(recordings, trial, ALL.size());
                assertThat(again.read()).isPositive();
                assertThat(staying.rebalances()).isEqualTo(rebalances);
                assertThat(staying.inputs()).isEqualTo(inputs);
            }
        }
    }

    private static Map<String, String> member(String name) {
        return Map.of("kafka.group.instance.id", name);
    }

    /** Whether some changes of these records were published. */
    private static boolean someOf(ClusterRun trial, List<Recorded> records) {
        return trial.outputs.poll().changes.size() > records.size() / 4;
    }

    /** Partitions of the events and CDC topics. */
    private static int allInputs() {
        return 2 * ClusterRun.PARTITIONS;
    }

    /** Waits until the given number of records is read, then checks that exactly the expected outputs exist. */
    private static void assertOutputs(Expectations expected, ClusterRun trial, int read) {
        until(() -> trial.committed() == read);
        expected.assertMatches(trial.outputs.pollToEnd());
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(TIMEOUT).until(condition);
    }
}

package dev.ratchet.repair.worker;

import static org.awaitility.Awaitility.await;

import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker for each class of tests, and on it a {@link RepairStage} for each test. */
@Timeout(120)
abstract class RepairWorkerScenario {
    @TempDir
    static Path folder;

    private static EmbeddedKafka broker;
    RepairStage stage;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void leave() {
        stage.close();
    }

    RepairStage given(Map<String, String> settings) throws Exception {
        stage = new RepairStage(broker, settings);
        return stage;
    }

    /** The first result. */
    RepairResult result() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !stage.poll().results.isEmpty());
        return stage.results.get(0);
    }

    /** Lets Conductor hold the tasks t{@code from} to t{@code to - 1}, and sends a repair of each. */
    void sendRepairs(int from, int to) throws Exception {
        stage.send(IntStream.range(from, to)
                .mapToObj(i -> {
                    stage.conductor.holds("t" + i, "IN_PROGRESS");
                    return Commands.repair("t" + i);
                })
                .toArray(RepairCommand[]::new));
    }

    Set<String> tasksWithResults() {
        return stage.poll().results.stream().map(RepairResult::getTaskId).collect(Collectors.toSet());
    }

    /** Every request. */
    static void fails(StatefulConductor conductor, StatefulConductor.Fault fault) {
        conductor.fault = request -> Optional.of(fault);
    }
}

package dev.ratchet.repair.worker;

import dev.ratchet.demo.broker.EmbeddedKafka;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker for each class of tests, and on it a {@link RepairStage} for each test. */
@Timeout(120)
abstract class OnRepairStage {
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
}

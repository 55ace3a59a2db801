package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings.Mode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@link EndToEndRealIT} with the guard in Conductor's database: no terminal status is lost, and nothing is repaired. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardRealIT {
    private static final int ITERATIONS = 20;
    private static final int WORKFLOWS = 20;

    private EndToEnd all;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        all = EndToEnd.start(folder);
        all.repair(Mode.APPLY);
        Guard.install(all);
    }

    @AfterAll
    void stop() throws Exception {
        if (all != null) {
            all.close();
            all.report.write();
        }
    }

    /** As without the guard, and without rejected writes. */
    @TestFactory
    @Order(1)
    Stream<DynamicTest> deliberateChangesAreKept() throws Exception {
        return StoryJudge.testsOfAll(all);
    }

    @Test
    @Order(2)
    void loopCompletesWithoutRepair() throws Exception {
        Guard guard = Guard.install(all);
        ExecutionReport account = all.incident(ITERATIONS, workers -> {});
        all.report.add("#176: a loop of 20", "guard", account);
        guard.checkKept(account);
        assertThat(all.seen.refusedWrites()).hasSizeGreaterThanOrEqualTo(ITERATIONS);
        assertThat(account.twice()).isEmpty();
    }

    @Test
    @Order(3)
    void noWorkflowHangsOnSlowDatabase() throws Exception {
        Guard guard = Guard.install(all);
        ExecutionReport account = all.underDelays(WORKFLOWS);
        all.report.add("20 workflows, a slow database", "guard", account);
        guard.checkKept(account);
    }

    @Test
    @Order(4)
    void lastTaskOfWorkflowKeepsTerminalStatus() throws Exception {
        Guard guard = Guard.install(all);
        ExecutionReport account = all.afterTheEnd();
        all.report.add("a last task, written after the end", "guard", account);
        guard.checkKept(account);
    }
}

package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Lock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stock Conductor that loses updates, first without repair and then with it. One after the other, since all share it;
 * what is done to tasks on purpose, {@linkplain StoryCatalog stories}, is done beside.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndRealIT {
    private static final String LOOP = "#176: a loop of 20";
    private static final String DELAYS = "20 workflows, a slow database";
    private static final int ITERATIONS = 20;
    private static final int WORKFLOWS = 20;

    /** Of each kind one. */
    private static final List<Story> SOME = StoryCatalog.named(
            "rerun_completed_sequence_twice",
            "retry_sequence_twice",
            "restart_sequence_twice",
            "terminate_fork_with_everything_in_it",
            "child_retried_twice",
            "optional_tasks_fail",
            "automatic_retry_after_a_timeout");

    private EndToEnd all;
    private StoryRunner stories;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        all = EndToEnd.start(folder);
        stories = new StoryRunner(all.around.conductor());
    }

    @AfterAll
    void stop() throws Exception {
        if (stories != null) {
            stories.close();
        }
        if (all != null) {
            all.close();
            all.report.write();
        }
    }

    @Test
    @Order(1)
    void loopHangsWithoutRepair() throws Exception {
        all.repair(Mode.OFF);
        CompletableFuture<List<StoryRun>> beside = CompletableFuture.supplyAsync(() -> stories.run(SOME));
        ExecutionReport account = all.incident(ITERATIONS, workers -> {});
        all.report.add(LOOP, "off", account);
        assertThat(account.hung()).hasSize(1);
        assertThat(account.lostUpdates())
                .hasSize(ITERATIONS)
                .allMatch(lostUpdate -> lostUpdate.rise().isEmpty());
        new StoryJudge(all, stories).check(beside.get());
    }

    @Test
    @Order(2)
    void workflowsHangOnSlowDatabaseWithoutRepair() throws Exception {
        all.repair(Mode.OFF);
        ExecutionReport account = all.underDelays(WORKFLOWS);
        all.report.add(DELAYS, "off", account);
        assertThat(account.hung()).isNotEmpty();
    }

    @Test
    @Order(3)
    void loopCompletesWithRepairAndDeliberateChangesAreKept() throws Exception {
        all.repair(Mode.APPLY);
        CompletableFuture<List<StoryRun>> beside = CompletableFuture.supplyAsync(() -> stories.run(SOME));
        ExecutionReport account = all.incident(ITERATIONS, workers -> {});
        all.report.add(LOOP, "on", account);
        new StoryJudge(all, stories).check(beside.get());
        all.checkRepaired(account);
        assertThat(account.lostUpdates()).hasSizeGreaterThanOrEqualTo(ITERATIONS);
        assertThat(account.twice()).isEmpty();
    }

    @Test
    @Order(4)
    void noWorkflowHangsOnSlowDatabaseWithRepair() throws Exception {
        all.repair(Mode.APPLY);
        ExecutionReport account = all.underDelays(WORKFLOWS);
        all.report.add(DELAYS, "on", account);
        all.checkRepaired(account);
    }

    @Test
    @Order(5)
    void lostUpdateAfterWorkflowEndBlocksNothing() throws Exception {
        all.repair(Mode.APPLY);
        ExecutionReport account = all.afterTheEnd();
        all.report.add("a last task, lost after the end", "on", account);
        all.checkRepaired(account);
        assertThat(account.late()).hasSize(1);
    }

    @Test
    @Order(6)
    void repairsContinueAfterKillAndConductorRestart() throws Exception {
        all.repair(Mode.APPLY);
        ExecutionReport account = all.incident(2 * ITERATIONS, workers -> {
            awaitCommands(1 + all.seen.repairs.poll().commands.size());
            all.ratchet.kill();
            int before = all.seen.repairs.poll().commands.size();
            all.ratchet.start(Mode.APPLY);
            Lock pause = workers.pause();
            all.around.conductor().close();
            awaitCommands(1 + before);
            all.around.conductor().start();
            pause.unlock();
        });
        all.report.add("#176: a loop of 40, interrupted", "on", account);
        all.checkRepaired(account);
        assertThat(account.lostUpdates()).hasSizeGreaterThan(ITERATIONS);
    }

    private void awaitCommands(int count) {
        Awaitility.await(count + " commands")
                .atMost(EndToEnd.TIMEOUT)
                .until(() -> all.seen.repairs.poll().commands.size() >= count);
    }
}

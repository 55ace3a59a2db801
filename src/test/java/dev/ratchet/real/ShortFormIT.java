package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A short form of {@link EndToEndRealIT}: with repair, and with fewer workflows and stories. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShortFormIT {
    private static final int ITERATIONS = 20;
    private static final int WORKFLOWS = 5;

    /** The stories that are hardest to distinguish from lost updates. */
    private static final List<Story> STORIES = StoryCatalog.named(
            "rerun_beside_human_wait_event_and_join_twice",
            "rerun_beside_a_loop_twice",
            "retry_fork_twice",
            "restart_failing_fork_five_times",
            "children_in_a_fork_one_retried_twice",
            "pause_and_resume_twice");

    private EndToEnd all;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        all = EndToEnd.start(folder);
        all.repair(Mode.APPLY);
    }

    @AfterAll
    void stop() throws Exception {
        if (all != null) {
            all.close();
            all.report.write();
        }
    }

    @Test
    void documentedStoryTableMatchesCatalog() throws Exception {
        StoryTable.check();
    }

    @Test
    void storiesHaveExpectedResults() throws Exception {
        try (StoryRunner runner = new StoryRunner(all.around.conductor())) {
            new StoryJudge(all, runner).check(runner.run(STORIES));
        }
    }

    @Test
    void loopCompletes() throws Exception {
        ExecutionReport account = all.incident(ITERATIONS, workers -> {});
        all.report.add("#176: a loop of " + ITERATIONS, "on", account);
        all.checkRepaired(account);
        assertThat(account.lostUpdates()).hasSizeGreaterThanOrEqualTo(ITERATIONS);
        assertThat(account.twice()).isEmpty();
    }

    @Test
    void noWorkflowHangsOnSlowDatabase() throws Exception {
        ExecutionReport account = all.underDelays(WORKFLOWS);
        all.report.add(WORKFLOWS + " workflows, a slow database", "on", account);
        all.checkRepaired(account);
    }

    @Test
    void guardKeepsEveryTerminalStatus() throws Exception {
        try (Guard guard = Guard.install(all)) {
            ExecutionReport account = all.incident(ITERATIONS, workers -> {});
            all.report.add("#176: a loop of " + ITERATIONS, "guard", account);
            guard.checkKept(account);
            assertThat(all.seen.refusedWrites()).hasSizeGreaterThanOrEqualTo(ITERATIONS);
        }
    }

    @Test
    void lostUpdateAfterWorkflowEndBlocksNothing() throws Exception {
        ExecutionReport account = all.afterTheEnd();
        all.report.add("a last task, lost after the end", "on", account);
        all.checkRepaired(account);
        assertThat(account.late()).hasSize(1);
    }
}

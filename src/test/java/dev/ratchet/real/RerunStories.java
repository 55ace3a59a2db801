package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.rerun;
import static dev.ratchet.real.Step.rerunWithInput;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.dynamicFork;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.switchTo;
import static dev.ratchet.real.StoryTask.event;
import static dev.ratchet.real.StoryTask.inline;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;
import java.util.Map;

/** Workflows that are rerun from a task: it is reset, and what came after it is removed. */
final class RerunStories {
    private RerunStories() {}

    static List<Story> all() {
        return List.of(
                Story.of("rerun_completed_sequence_twice", manual("first"), manual("second"), work("third"))
                        .steps(
                                complete("first", "second"),
                                until("COMPLETED"),
                                rerun("first"),
                                complete("first", "second"),
                                until("COMPLETED"),
                                rerun("second"),
                                complete("second"),
                                until("COMPLETED")),
                Story.of("rerun_failed_task_twice", work("first"), manual("check"))
                        .steps(
                                failAt("check"),
                                rerun("check"),
                                failAt("check"),
                                rerun("check"),
                                complete("check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_from_the_start_twice",
                                work("first"),
                                work("second", "COMPLETED", "FAILED", "COMPLETED"))
                        .steps(until("COMPLETED"), rerun(), until("FAILED"), rerun(), until("COMPLETED")),
                Story.of("rerun_with_new_input_twice", work("first"), manual("check"), work("last"))
                        .steps(
                                failAt("check"),
                                rerunWithInput("check", Map.of("attempt", 2)),
                                failAt("check"),
                                rerunWithInput("check", Map.of("attempt", 3)),
                                complete("check"),
                                until("COMPLETED")),
                Story.of("rerun_failed_task_of_a_loop_twice", loop("loop", 2, work("body"), manual("check")))
                        .steps(
                                complete("check__1"),
                                failAt("check__2"),
                                rerun("check__2"),
                                failAt("check__2"),
                                rerun("check__2"),
                                complete("check__2"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_switch_in_a_loop_twice",
                                loop("loop", 2, switchTo("switch", manual("case"), manual("check")), work("after")))
                        .steps(
                                complete("case__1"),
                                failAt("check__1"),
                                rerun("case__1"),
                                complete("case__1", "check__1", "case__2"),
                                failAt("check__2"),
                                rerun("check__2"),
                                complete("check__2"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_from_a_dynamic_fork_twice",
                                inline("prepare", "2"),
                                dynamicFork("fork", work("left"), manual("right")),
                                join("join"))
                        .steps(
                                until("left", "COMPLETED"),
                                failAt("right"),
                                rerun("fork"),
                                until("left", "COMPLETED"),
                                failAt("right"),
                                rerun("fork"),
                                until("left", "COMPLETED"),
                                complete("right"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_branch_of_a_dynamic_fork_twice",
                                dynamicFork("fork", manual("left"), manual("right")),
                                join("join"),
                                work("last"))
                        .steps(
                                untilTicks("join", 1),
                                failAt("right"),
                                rerun("right"),
                                failAt("right"),
                                rerun("right"),
                                complete("left", "right"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_from_human_and_wait",
                                system("approve", "HUMAN"),
                                system("pause", "WAIT", Map.of("duration", "1 seconds")),
                                work("last"))
                        .steps(
                                complete("approve"),
                                until("COMPLETED"),
                                rerun("pause"),
                                until("COMPLETED"),
                                rerun("approve"),
                                complete("approve"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_after_an_event_twice",
                                event("event"),
                                system("variable", "SET_VARIABLE", Map.of("total", 2)),
                                manual("check"))
                        .steps(
                                complete("event"),
                                failAt("check"),
                                rerun("check"),
                                complete("check"),
                                until("COMPLETED"),
                                rerun("event"),
                                complete("event", "check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_from_a_switch_and_terminate",
                                switchTo("switch", work("case")),
                                inline("inline", "1 + 1"))
                        .steps(until("COMPLETED"), rerun("switch"), terminate(), until("TERMINATED")),
                Story.of(
                                "rerun_from_a_join_and_terminate",
                                fork("fork", branch(work("left")), branch(work("right"))),
                                join("join", "left", "right"),
                                work("last"))
                        .steps(until("COMPLETED"), rerun("join"), terminate(), until("TERMINATED")),
                Story.of("rerun_from_a_loop_and_terminate", loop("loop", 2, work("body")), work("last"))
                        .steps(until("COMPLETED"), rerun("loop"), terminate(), until("TERMINATED")));
    }
}

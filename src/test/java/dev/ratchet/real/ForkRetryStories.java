package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.retry;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.times;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.dynamicFork;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryTask.event;
import static dev.ratchet.real.StoryTask.expiring;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.optional;
import static dev.ratchet.real.StoryTask.permissive;
import static dev.ratchet.real.StoryTask.retried;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;

/** Workflows that are retried when a branch has failed: the JOIN is reopened in place. */
final class ForkRetryStories {
    private ForkRetryStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                                "retry_fork_twice",
                                fork("fork", branch(manual("check")), branch(work("pack"))),
                                join("join", "check", "pack"))
                        .steps(
                                untilTicks("join", 3),
                                failAt("check"),
                                retry(),
                                untilTicks("join", 6),
                                failAt("check"),
                                retry(),
                                untilTicks("join", 9),
                                complete("check"),
                                until("COMPLETED")),
                Story.of(
                                "retry_fork_with_cancelled_branch_twice",
                                fork(
                                        "fork",
                                        branch(work("left", "FAILED", "FAILED", "COMPLETED")),
                                        branch(manual("right"))),
                                join("join", "left", "right"))
                        .steps(
                                until("FAILED"),
                                retry(),
                                until("FAILED"),
                                retry(),
                                complete("right"),
                                until("COMPLETED")),
                Story.of(
                                "retry_fork_four_times",
                                fork("fork", branch(manual("check")), branch(work("pack"))),
                                join("join", "check", "pack"))
                        .steps(
                                until("pack", "COMPLETED"),
                                times(4, failAt("check"), retry()),
                                complete("check"),
                                until("COMPLETED")),
                Story.of(
                                "retry_beside_human_wait_and_event_twice",
                                fork(
                                        "fork",
                                        branch(manual("check")),
                                        branch(system("approve", "HUMAN")),
                                        branch(system("pause", "WAIT")),
                                        branch(event("event"))),
                                join("join", "check", "approve", "pause", "event"))
                        .steps(
                                untilTicks("join", 1),
                                failAt("check"),
                                retry(),
                                failAt("check"),
                                retry(),
                                complete("approve", "pause", "event", "check"),
                                until("COMPLETED")),
                Story.of(
                                "retry_nested_fork_twice",
                                fork(
                                        "fork",
                                        branch(
                                                fork("inner", branch(manual("left")), branch(work("right"))),
                                                join("innerJoin", "left", "right")),
                                        branch(work("pack"))),
                                join("join", "innerJoin", "pack"))
                        .steps(
                                until("right", "COMPLETED"),
                                until("pack", "COMPLETED"),
                                failAt("left"),
                                retry(),
                                failAt("left"),
                                retry(),
                                complete("left"),
                                until("COMPLETED")),
                Story.of("retry_dynamic_fork_twice", dynamicFork("fork", manual("left"), work("right")), join("join"))
                        .steps(
                                untilTicks("join", 2),
                                failAt("left"),
                                retry(),
                                untilTicks("join", 4),
                                failAt("left"),
                                retry(),
                                complete("left"),
                                until("COMPLETED")),
                Story.of(
                                "retry_after_a_fork_in_a_loop_twice",
                                loop(
                                        "loop",
                                        2,
                                        fork("fork", branch(work("left")), branch(work("right"))),
                                        join("join", "left", "right"),
                                        manual("check")))
                        .steps(
                                failAt("check__1"),
                                retry(),
                                complete("check__1"),
                                failAt("check__2"),
                                retry(),
                                complete("check__2"),
                                until("COMPLETED")),
                Story.of(
                                "retry_loop_in_a_fork_twice",
                                fork(
                                        "fork",
                                        branch(loop("loop", 2, work("body"), manual("step"))),
                                        branch(manual("check"))),
                                join("join", "loop", "check"))
                        .steps(
                                until("step__1", "SCHEDULED"),
                                failAt("check"),
                                retry(),
                                complete("step__1"),
                                until("step__2", "SCHEDULED"),
                                failAt("check"),
                                retry(),
                                complete("check", "step__2"),
                                until("COMPLETED")),
                Story.of(
                                "retry_optional_and_permissive_branches_twice",
                                fork(
                                        "fork",
                                        branch(optional(work("extra", "FAILED"))),
                                        branch(permissive(work("check", "FAILED", "FAILED", "COMPLETED"))),
                                        branch(work("pack"))),
                                join("join", "extra", "check", "pack"))
                        .steps(until("FAILED"), retry(), until("FAILED"), retry(), until("COMPLETED")),
                Story.of(
                                "retry_when_automatic_retries_are_used_up",
                                fork(
                                        "fork",
                                        branch(
                                                manual("gate"),
                                                retried("check", "FAILED", "FAILED", "FAILED", "COMPLETED")),
                                        branch(work("pack"))),
                                join("join", "check", "pack"))
                        .steps(
                                until("pack", "COMPLETED"),
                                complete("gate"),
                                until("FAILED"),
                                retry(),
                                until("COMPLETED")),
                Story.of(
                                "retry_timed_out_fork_twice",
                                fork("fork", branch(expiring("late")), branch(system("approve", "HUMAN"))),
                                join("join", "late", "approve"))
                        .steps(until("TIMED_OUT"), retry(), until("TIMED_OUT"), retry(), until("TIMED_OUT")),
                Story.of(
                                "retry_terminated_fork_twice",
                                fork("fork", branch(manual("check")), branch(system("approve", "HUMAN"))),
                                join("join", "check", "approve"))
                        .steps(
                                untilTicks("join", 1),
                                terminate(),
                                until("TERMINATED"),
                                retry(),
                                terminate(),
                                until("TERMINATED"),
                                retry(),
                                complete("check", "approve"),
                                until("COMPLETED")));
    }
}

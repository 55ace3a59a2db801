package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.fail;
import static dev.ratchet.real.Step.in;
import static dev.ratchet.real.Step.rerun;
import static dev.ratchet.real.Step.rerunThrough;
import static dev.ratchet.real.Step.restart;
import static dev.ratchet.real.Step.retry;
import static dev.ratchet.real.Step.retryResuming;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.dynamicFork;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.sub;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.optional;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;

/** What is done to a child reopens its parent, and the other way round. */
final class SubWorkflowStories {
    private SubWorkflowStories() {}

    static List<Story> all() {
        return List.of(
                Story.of("child_retried_twice", sub("child", work("first"), manual("check")), work("last"))
                        .steps(
                                in("child", fail("check")),
                                until("FAILED"),
                                in("child", retry(), fail("check")),
                                until("FAILED"),
                                in("child", retry(), complete("check")),
                                until("COMPLETED")),
                Story.of(
                                "parent_retried_twice",
                                sub("child", work("check", "FAILED", "FAILED", "COMPLETED")),
                                work("last"))
                        .steps(until("FAILED"), retry(), until("FAILED"), retry(), until("COMPLETED")),
                Story.of(
                                "parent_retried_resuming_twice",
                                sub("child", work("first"), work("check", "FAILED", "FAILED", "COMPLETED")),
                                work("last"))
                        .steps(until("FAILED"), retryResuming(), until("FAILED"), retryResuming(), until("COMPLETED")),
                Story.of(
                                "grandchild_retried_twice",
                                sub("child", sub("grandchild", work("check", "FAILED", "FAILED", "COMPLETED"))),
                                work("last"))
                        .steps(
                                until("FAILED"),
                                in("child", in("grandchild", retry())),
                                until("FAILED"),
                                retryResuming(),
                                until("COMPLETED")),
                Story.of("child_rerun_twice", sub("child", manual("first"), manual("check")), work("last"))
                        .steps(
                                in("child", complete("first"), fail("check")),
                                until("FAILED"),
                                in("child", rerun("check"), fail("check")),
                                until("FAILED"),
                                in("child", rerun("first"), complete("first", "check")),
                                until("COMPLETED")),
                Story.of(
                                "child_restarted_twice",
                                sub("child", work("first"), work("check", "FAILED", "FAILED", "COMPLETED")),
                                work("last"))
                        .steps(
                                until("FAILED"),
                                in("child", restart()),
                                until("FAILED"),
                                in("child", restart()),
                                until("COMPLETED")),
                Story.of("parent_rerun_from_child_twice", work("first"), sub("child", work("check")), work("last"))
                        .steps(
                                until("COMPLETED"),
                                rerun("child"),
                                until("COMPLETED"),
                                rerun("child"),
                                until("COMPLETED")),
                Story.of(
                                "parent_rerun_from_a_task_of_its_child_twice",
                                sub("child", work("first"), manual("check")),
                                work("last"))
                        .steps(
                                in("child", fail("check")),
                                until("FAILED"),
                                rerunThrough("child", "check"),
                                in("child", fail("check")),
                                until("FAILED"),
                                rerunThrough("child", "check"),
                                in("child", complete("check")),
                                until("COMPLETED")),
                Story.of(
                                "children_in_a_fork_one_retried_twice",
                                fork(
                                        "fork",
                                        branch(sub("left", manual("check"))),
                                        branch(sub("right", manual("pack"))),
                                        branch(system("approve", "HUMAN"))),
                                join("join", "left", "right", "approve"))
                        .steps(
                                until("right", "IN_PROGRESS"),
                                untilTicks("join", 1),
                                in("left", fail("check")),
                                until("FAILED"),
                                in("left", retry()),
                                until("left", "IN_PROGRESS"),
                                in("left", fail("check")),
                                until("FAILED"),
                                in("left", retry(), complete("check")),
                                in("right", complete("pack")),
                                complete("approve"),
                                until("COMPLETED")),
                Story.of(
                                "children_in_a_fork_parent_retried_twice",
                                fork("fork", branch(sub("left", manual("check"))), branch(sub("right", work("pack")))),
                                join("join", "left", "right"))
                        .steps(
                                until("right", "COMPLETED"),
                                in("left", fail("check")),
                                until("FAILED"),
                                retry(),
                                in("left", fail("check")),
                                until("FAILED"),
                                retry(),
                                in("left", complete("check")),
                                until("COMPLETED")),
                Story.of(
                                "children_in_a_dynamic_fork_resumed_twice",
                                dynamicFork("fork", sub("left", manual("check")), sub("right", manual("pack"))),
                                join("join"))
                        .steps(
                                in("right", until("pack", "SCHEDULED")),
                                in("left", fail("check")),
                                until("FAILED"),
                                retryResuming(),
                                in("left", fail("check")),
                                until("FAILED"),
                                retryResuming(),
                                in("left", complete("check")),
                                in("right", complete("pack")),
                                until("COMPLETED")),
                Story.of("child_in_a_loop_retried_twice", loop("loop", 2, sub("child", manual("check")), work("after")))
                        .steps(
                                in("child__1", fail("check")),
                                until("FAILED"),
                                in("child__1", retry(), complete("check")),
                                in("child__2", fail("check")),
                                until("FAILED"),
                                retry(),
                                in("child__2", complete("check")),
                                until("COMPLETED")),
                Story.of(
                                "child_with_a_loop_and_a_fork_rerun_twice",
                                sub(
                                        "child",
                                        loop(
                                                "loop",
                                                2,
                                                fork(
                                                        "fork",
                                                        branch(work("pack")),
                                                        branch(work("first"), manual("check"))),
                                                join("join", "pack", "check"))),
                                work("last"))
                        .steps(
                                in("child", complete("check__1"), fail("check__2")),
                                until("FAILED"),
                                in("child", rerun("check__2"), fail("check__2")),
                                until("FAILED"),
                                in("child", rerun("check__2"), complete("check__2")),
                                until("COMPLETED")),
                Story.of("optional_child_fails_and_is_retried", optional(sub("child", manual("check"))), manual("last"))
                        .steps(
                                in("child", fail("check")),
                                until("child", "COMPLETED_WITH_ERRORS"),
                                in("child", retry(), complete("check"), until("COMPLETED")),
                                complete("last"),
                                until("COMPLETED")),
                Story.of("parent_terminated_and_retried", sub("child", manual("check")), work("last"))
                        .steps(
                                in("child", until("check", "SCHEDULED")),
                                terminate(),
                                until("TERMINATED"),
                                retryResuming(),
                                in("child", complete("check")),
                                until("COMPLETED")),
                Story.of("child_terminated_and_rerun", sub("child", manual("check")), work("last"))
                        .steps(
                                in("child", until("check", "SCHEDULED"), terminate()),
                                until("TERMINATED"),
                                in("child", rerun("check"), complete("check")),
                                until("COMPLETED")));
    }
}

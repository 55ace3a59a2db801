package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.restart;
import static dev.ratchet.real.Step.restartAs;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.times;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.dynamicFork;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.sub;
import static dev.ratchet.real.StoryTask.event;
import static dev.ratchet.real.StoryTask.inline;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;

/** Workflows that are terminated, and started anew under the same id. */
final class RestartStories {
    private RestartStories() {}

    static List<Story> all() {
        return List.of(
                Story.of("restart_sequence_twice", work("first"), work("second", "COMPLETED", "FAILED", "COMPLETED"))
                        .steps(until("COMPLETED"), restart(), until("FAILED"), restart(), until("COMPLETED")),
                Story.of(
                                "restart_fork_and_loop_twice",
                                fork("fork", branch(work("left")), branch(loop("loop", 2, work("body")))),
                                join("join", "left", "loop"),
                                work("last", "FAILED", "FAILED", "COMPLETED"))
                        .steps(until("FAILED"), restart(), until("FAILED"), restart(), until("COMPLETED")),
                Story.of("parent_restarted_twice", sub("child", work("check")), work("last", "FAILED", "COMPLETED"))
                        .steps(until("FAILED"), restart(), until("COMPLETED"), restart(), until("COMPLETED")),
                Story.of("restart_dynamic_fork", dynamicFork("fork", work("left"), work("right")), join("join"))
                        .steps(until("COMPLETED"), restart(), until("COMPLETED")),
                Story.of("restart_with_new_definition_twice", work("first"), work("second", "FAILED", "COMPLETED"))
                        .steps(
                                until("FAILED"),
                                restartAs(work("first"), inline("inline", "1"), work("second", "FAILED", "COMPLETED")),
                                until("COMPLETED"),
                                restartAs(work("other")),
                                until("COMPLETED")),
                Story.of(
                                "restart_failing_fork_five_times",
                                fork("fork", branch(manual("check")), branch(work("pack"))),
                                join("join", "check", "pack"))
                        .steps(
                                times(5, until("pack", "COMPLETED"), failAt("check"), restart()),
                                until("pack", "COMPLETED"),
                                failAt("check")),
                Story.of(
                                "terminate_fork_with_everything_in_it",
                                fork(
                                        "fork",
                                        branch(manual("check")),
                                        branch(system("approve", "HUMAN")),
                                        branch(system("pause", "WAIT")),
                                        branch(event("event")),
                                        branch(loop("loop", 2, manual("step")))),
                                join("join", "check", "approve", "pause", "event", "loop"))
                        .steps(until("step__1", "SCHEDULED"), untilTicks("join", 2), terminate(), until("TERMINATED")),
                Story.of("terminate_and_restart_twice", work("first"), manual("check"))
                        .steps(
                                until("check", "SCHEDULED"),
                                terminate(),
                                until("TERMINATED"),
                                restart(),
                                until("check", "SCHEDULED"),
                                terminate(),
                                until("TERMINATED"),
                                restart(),
                                complete("check"),
                                until("COMPLETED")));
    }
}

package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.in;
import static dev.ratchet.real.Step.rerun;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilAnswered;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.exclusiveJoin;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.sub;
import static dev.ratchet.real.StoryTask.asyncHttp;
import static dev.ratchet.real.StoryTask.event;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.optional;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;
import java.util.Map;

/** Reruns that put back what had been cancelled beside the task: each kind of it in its own way. */
final class PutBackStories {
    private PutBackStories() {}

    static List<Story> all() {
        return List.of(
                Story.of(
                                "rerun_beside_human_wait_event_and_join_twice",
                                fork(
                                        "fork",
                                        branch(work("first"), manual("check")),
                                        branch(system("approve", "HUMAN")),
                                        branch(system("pause", "WAIT")),
                                        branch(event("event")),
                                        branch(manual("pack"))),
                                join("join", "check", "approve", "pause", "event", "pack"))
                        .steps(
                                untilTicks("join", 2),
                                failAt("check"),
                                rerun("check"),
                                failAt("check"),
                                rerun("check"),
                                complete("approve", "pause", "event", "pack", "check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_beside_a_loop_twice",
                                fork(
                                        "fork",
                                        branch(loop("loop", 2, manual("body"))),
                                        branch(manual("first"), manual("check"))),
                                join("join", "loop", "check"))
                        .steps(
                                until("body__1", "SCHEDULED"),
                                complete("first"),
                                failAt("check"),
                                rerun("check"),
                                failAt("check"),
                                rerun("check"),
                                complete("check", "body__1", "body__2"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_beside_children_twice",
                                fork(
                                        "fork",
                                        branch(sub("child", manual("inner"))),
                                        branch(optional(sub("extra", manual("inner")))),
                                        branch(manual("first"), manual("check"))),
                                join("join", "child", "extra", "check"))
                        .steps(
                                in("child", until("inner", "SCHEDULED")),
                                in("extra", until("inner", "SCHEDULED")),
                                complete("first"),
                                failAt("check"),
                                rerun("check"),
                                in("child", until("inner", "SCHEDULED")),
                                failAt("check"),
                                rerun("check"),
                                in("child", complete("inner")),
                                in("extra", complete("inner")),
                                complete("check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_beside_http_and_exclusive_join_twice",
                                fork(
                                        "fork",
                                        branch(manual("first"), manual("check")),
                                        branch(asyncHttp("call", "/workflow/running/none")),
                                        branch(manual("pack")),
                                        branch(exclusiveJoin("either", "pack"))),
                                join("join", "check", "call", "either"))
                        .steps(
                                untilAnswered("call"),
                                complete("first"),
                                failAt("check"),
                                rerun("check"),
                                untilAnswered("call"),
                                failAt("check"),
                                rerun("check"),
                                untilAnswered("call"),
                                complete("call", "pack", "check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_beside_a_nested_fork_twice",
                                fork(
                                        "fork",
                                        branch(
                                                fork("inner", branch(manual("left")), branch(manual("right"))),
                                                join("innerJoin", "left", "right")),
                                        branch(manual("first"), manual("check"))),
                                join("join", "innerJoin", "check"))
                        .steps(
                                untilTicks("innerJoin", 1),
                                complete("first"),
                                failAt("check"),
                                rerun("check"),
                                untilTicks("innerJoin", 3),
                                failAt("check"),
                                rerun("check"),
                                complete("left", "right", "check"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_fork_in_a_loop_twice",
                                loop(
                                        "loop",
                                        2,
                                        fork(
                                                "fork",
                                                branch(work("first"), manual("check")),
                                                branch(system("approve", "HUMAN"))),
                                        join("join", "check", "approve")))
                        .steps(
                                failAt("check__1"),
                                rerun("check__1"),
                                complete("check__1", "approve__1"),
                                untilTicks("join__2", 1),
                                failAt("check__2"),
                                rerun("check__2"),
                                complete("approve__2", "check__2"),
                                until("COMPLETED")),
                Story.of(
                                "rerun_terminated_fork_twice",
                                fork(
                                        "fork",
                                        branch(work("first"), manual("check")),
                                        branch(system("approve", "HUMAN")),
                                        branch(event("event"))),
                                join("join", "check", "approve", "event"))
                        .steps(
                                until("check", "SCHEDULED"),
                                untilTicks("join", 1),
                                terminate(),
                                until("TERMINATED"),
                                rerun("check"),
                                terminate(),
                                until("TERMINATED"),
                                rerun("check"),
                                complete("check", "approve", "event"),
                                until("COMPLETED")),
                Story.of(
                                "terminated_by_a_task_and_rerun",
                                fork(
                                        "fork",
                                        branch(
                                                work("first"),
                                                manual("check"),
                                                system("stop", "TERMINATE", Map.of("terminationStatus", "COMPLETED"))),
                                        branch(system("approve", "HUMAN"))),
                                join("join", "stop", "approve"))
                        .steps(
                                untilTicks("join", 1),
                                complete("check"),
                                until("COMPLETED"),
                                rerun("check"),
                                complete("check"),
                                until("COMPLETED")));
    }
}

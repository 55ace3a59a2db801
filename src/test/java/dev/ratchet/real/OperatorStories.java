package dev.ratchet.real;

import static dev.ratchet.real.Step.bulk;
import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.fail;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.pause;
import static dev.ratchet.real.Step.report;
import static dev.ratchet.real.Step.rerun;
import static dev.ratchet.real.Step.restart;
import static dev.ratchet.real.Step.resume;
import static dev.ratchet.real.Step.retry;
import static dev.ratchet.real.Step.skip;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.Step.untilTicks;
import static dev.ratchet.real.StoryContainer.branch;
import static dev.ratchet.real.StoryContainer.fork;
import static dev.ratchet.real.StoryContainer.join;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.switchTo;
import static dev.ratchet.real.StoryTask.event;
import static dev.ratchet.real.StoryTask.inline;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.optional;
import static dev.ratchet.real.StoryTask.retried;
import static dev.ratchet.real.StoryTask.system;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;

/** Pause, skip, report by hand; and what Conductor does of its own accord when tasks fail. */
final class OperatorStories {
    private OperatorStories() {}

    static List<Story> all() {
        return List.of(
                Story.of("pause_and_resume_twice", loop("loop", 2, manual("check"), work("body")), work("last"))
                        .steps(
                                until("check__1", "SCHEDULED"),
                                pause(),
                                until("PAUSED"),
                                complete("check__1"),
                                resume(),
                                until("check__2", "SCHEDULED"),
                                pause(),
                                until("PAUSED"),
                                complete("check__2"),
                                resume(),
                                until("COMPLETED")),
                Story.of(
                                "pause_and_resume_a_fork",
                                fork("fork", branch(manual("check")), branch(system("approve", "HUMAN"))),
                                join("join", "check", "approve"),
                                work("last"))
                        .steps(
                                untilTicks("join", 1),
                                pause(),
                                complete("check", "approve"),
                                resume(),
                                until("COMPLETED")),
                Story.of("skip_two_tasks", manual("first"), work("second"), work("third"), work("fourth"))
                        .steps(
                                until("first", "SCHEDULED"),
                                skip("second"),
                                skip("third"),
                                complete("first"),
                                until("COMPLETED"),
                                restart(),
                                complete("first"),
                                until("COMPLETED")),
                Story.of(
                                "skip_in_a_fork",
                                fork("fork", branch(manual("check"), work("pack"), work("wrap")), branch(work("left"))),
                                join("join", "wrap", "left"),
                                work("last"))
                        .steps(until("left", "COMPLETED"), skip("pack"), complete("check"), until("COMPLETED")),
                Story.of(
                                "report_by_hand_beside_a_switch",
                                switchTo("switch", system("approve", "HUMAN"), event("event"), system("pause", "WAIT")),
                                inline("inline", "1 + 1"),
                                manual("check"))
                        .steps(
                                complete("approve", "event", "pause"),
                                failAt("check"),
                                rerun("approve"),
                                failAt("approve"),
                                retry(),
                                complete("approve"),
                                report("event", "FAILED_WITH_TERMINAL_ERROR"),
                                until("FAILED"),
                                retry(),
                                complete("event", "pause", "check"),
                                until("COMPLETED")),
                Story.of(
                                "automatic_retries",
                                work("first"),
                                retried("second", "FAILED", "FAILED", "COMPLETED"),
                                work("last"))
                        .steps(until("COMPLETED")),
                Story.of(
                                "automatic_retry_after_a_timeout",
                                loop(
                                        "loop",
                                        2,
                                        retried(
                                                "body",
                                                StoryWorkers.NOTHING,
                                                "COMPLETED",
                                                StoryWorkers.NOTHING,
                                                "COMPLETED")),
                                work("last"))
                        .steps(until("COMPLETED")),
                Story.of("heartbeats", work("first", "IN_PROGRESS", "IN_PROGRESS", "COMPLETED"), work("last"))
                        .steps(until("COMPLETED")),
                Story.of(
                                "optional_tasks_fail",
                                optional(manual("first")),
                                optional(retried("second", "FAILED")),
                                manual("last"))
                        .steps(
                                fail("first"),
                                failAt("last"),
                                rerun("first"),
                                fail("first"),
                                complete("last"),
                                until("COMPLETED")),
                Story.of("bulk_operations", work("first"), manual("check"), work("last"))
                        .steps(
                                until("check", "SCHEDULED"),
                                bulk("PUT", "pause"),
                                bulk("PUT", "resume"),
                                failAt("check"),
                                bulk("POST", "retry"),
                                complete("check"),
                                until("COMPLETED"),
                                bulk("POST", "restart"),
                                until("check", "SCHEDULED"),
                                bulk("POST", "terminate"),
                                until("TERMINATED")));
    }
}

package dev.ratchet.real;

import static dev.ratchet.real.Step.complete;
import static dev.ratchet.real.Step.failAt;
import static dev.ratchet.real.Step.restartAs;
import static dev.ratchet.real.Step.retry;
import static dev.ratchet.real.Step.terminate;
import static dev.ratchet.real.Step.until;
import static dev.ratchet.real.StoryContainer.loop;
import static dev.ratchet.real.StoryContainer.switchTo;
import static dev.ratchet.real.StoryTask.http;
import static dev.ratchet.real.StoryTask.inline;
import static dev.ratchet.real.StoryTask.manual;
import static dev.ratchet.real.StoryTask.work;

import java.util.List;

/** Workflows that are retried: a failed task gets a successor, a loop is reopened in place. */
final class RetryStories {
    private RetryStories() {}

    static List<Story> all() {
        return List.of(
                Story.of("retry_sequence_twice", work("first"), work("second", "FAILED", "FAILED", "COMPLETED"))
                        .steps(until("FAILED"), retry(), until("FAILED"), retry(), until("COMPLETED")),
                Story.of("retry_loop_twice", loop("loop", 2, manual("check"), work("body")))
                        .steps(
                                complete("check__1"),
                                failAt("check__2"),
                                retry(),
                                failAt("check__2"),
                                retry(),
                                complete("check__2"),
                                until("COMPLETED")),
                Story.of("retry_switch_in_a_loop_twice", loop("loop", 2, switchTo("switch", manual("check"))))
                        .steps(
                                failAt("check__1"),
                                retry(),
                                complete("check__1"),
                                failAt("check__2"),
                                retry(),
                                complete("check__2"),
                                until("COMPLETED")),
                Story.of("retry_terminated_twice", work("first"), manual("check"), work("last"))
                        .steps(
                                until("check", "SCHEDULED"),
                                terminate(),
                                until("TERMINATED"),
                                retry(),
                                until("check", "SCHEDULED"),
                                terminate(),
                                until("TERMINATED"),
                                retry(),
                                complete("check"),
                                until("COMPLETED")),
                Story.of("retry_terminal_error", work("first", "FAILED_WITH_TERMINAL_ERROR", "COMPLETED"), work("last"))
                        .steps(until("FAILED"), retry(), until("COMPLETED")),
                Story.of("retry_inline_twice_and_redefine", inline("inline", "nothing.at.all"), work("last"))
                        .steps(
                                until("FAILED"),
                                retry(),
                                until("FAILED"),
                                retry(),
                                until("FAILED"),
                                restartAs(inline("inline", "1 + 1"), work("last")),
                                until("COMPLETED")),
                Story.of("retry_http_call_twice", work("first"), http("call", "/nothing"))
                        .steps(until("FAILED"), retry(), until("FAILED"), retry(), until("FAILED")));
    }
}

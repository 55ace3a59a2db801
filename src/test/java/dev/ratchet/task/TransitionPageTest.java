package dev.ratchet.task;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page docs/transitions.md is generated from the transition table. */
class TransitionPageTest {
    private static final TaskStatus[] STATUSES = TaskStatus.values();

    @Test
    void pageShowsCurrentTransitionTable() {
        String page = """
                # Transitions

                Which status may follow which within one epoch of a task: Conductor's own steps, from its code and from
                recordings. A row is the current status; `x` marks the statuses that may follow. Any status may come first, since
                events get lost. Written from `TransitionTable` by `mvn test -Dgolden.write`; a test compares the two, and
                another fails if an entry was never walked.

                """
                + section("Every task but SUB_WORKFLOW", TransitionTable.STANDARD)
                + section("SUB_WORKFLOW: a late child may overwrite its end", TransitionTable.SUB_WORKFLOW)
                + """
                ## Why

                - IN_PROGRESS → SCHEDULED is a worker's heartbeat: Conductor puts the task back in its queue.
                - An unsuccessful end → COMPLETED_WITH_ERRORS: an optional task whose failure the workflow passes over.
                - An unsuccessful end → another: a failing fork ends its JOIN FAILED and CANCELED, in either order. Conductor goes on
                  from the last one. A success that another end overwrites is a conflict (TERMINAL_CONFLICT), and the success stays.
                - SUB_WORKFLOW: even a success → another end: the child reports its end late, and Conductor goes on from the last one.
                - An automatic retry is a new task id, and no step. A rerun or an in-place retry is a new epoch: `docs/epochs.md`.
                """;
        Golden.check(Path.of("docs/transitions.md"), page);
    }

    private static String section(String title, TransitionTable table) {
        StringBuilder text = new StringBuilder("## " + title + "\n\n| from \\ to |");
        for (TaskStatus to : STATUSES) {
            text.append(' ').append(to).append(" |");
        }
        text.append("\n| --- |").append(" :---: |".repeat(STATUSES.length)).append('\n');
        for (TaskStatus from : STATUSES) {
            Set<TaskStatus> successors = table.successors(from);
            text.append("| ").append(from).append(" |");
            for (TaskStatus to : STATUSES) {
                text.append(successors.contains(to) ? " x |" : "  |");
            }
            text.append('\n');
        }
        return text.append('\n').toString();
    }
}

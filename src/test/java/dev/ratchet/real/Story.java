package dev.ratchet.real;

import java.util.List;

/**
 * Something that people do to a workflow on purpose.
 *
 * @param name of the story and of its workflow
 * @param steps the last of them waits until nothing is left to happen
 */
record Story(String name, List<StoryTask> tasks, List<Step> steps) {

    static Draft of(String name, StoryTask... tasks) {
        return steps -> new Story(name, List.of(tasks), List.of(steps));
    }

    /** A story that lacks its steps. */
    interface Draft {
        Story steps(Step... steps);
    }
}

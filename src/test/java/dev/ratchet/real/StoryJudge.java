package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges what Ratchet made of stories, and records the rows that each wrote. */
final class StoryJudge {
    private static final Logger LOG = LoggerFactory.getLogger(StoryJudge.class);

    /** Of a story in which a stock Conductor gets in its own way, which is the more likely the busier the machine. */
    private static final int ATTEMPTS = 4;

    private final EndToEnd all;
    private final StoryRunner runner;

    StoryJudge(EndToEnd all, StoryRunner runner) {
        this.all = all;
        this.runner = runner;
    }

    /**
     * The result of a story.
     *
     * @param faults what is wrong, in words
     * @param complete whether Conductor did what was asked of it, to the last step, and got in its own way nowhere
     */
    record Verdict(List<String> faults, boolean complete) {
        /** That nothing is wrong; skips the test if the story was never complete. */
        void check() {
            assertThat(faults).isEmpty();
            assumeThat(complete).as("Conductor got in its own way each time").isTrue();
        }
    }

    /** Runs every story, and gives a test of each. */
    static Stream<DynamicTest> testsOfAll(EndToEnd all) throws IOException {
        try (StoryRunner runner = new StoryRunner(all.around.conductor())) {
            return new StoryJudge(all, runner)
                    .judge(runner.run(StoryCatalog.all())).entrySet().stream()
                            .map(story -> DynamicTest.dynamicTest(
                                    story.getKey(), () -> story.getValue().check()));
        }
    }

    /** That nothing is wrong with any of them. */
    void check(List<StoryRun> runs) throws IOException {
        assertThat(judge(runs))
                .allSatisfy((story, verdict) -> assertThat(verdict.faults()).isEmpty());
    }

    /**
     * Waits until nothing happens in them any more, and Ratchet has read all that did. Where Conductor has lost an update
     * by itself, Ratchet is right to say so, and the story is run again; so it is where Conductor has cut it short or the
     * guard has kept an end, but what there is of it is judged.
     *
     * @return by the name of the story
     */
    Map<String, Verdict> judge(List<StoryRun> runs) throws IOException {
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        List<StoryRun> next = runs;
        for (int attempt = 1; attempt <= ATTEMPTS && !next.isEmpty(); attempt++) {
            awaitRest(next);
            StoryCheck check = new StoryCheck(all.seen.outputs().pollToEnd());
            Map<String, StoryRows> captured = rows();
            List<Story> again = new ArrayList<>();
            for (StoryRun run : next) {
                String name = run.story().name();
                StoryRows rows = captured.get(run.correlationId());
                Verdict verdict = verdict(run, rows, check);
                rows.write(
                        LogFolder.folder().resolve("stories"), name + (verdict.complete ? "" : ".attempt-" + attempt));
                verdicts.merge(
                        name,
                        attempt == ATTEMPTS ? atLast(run, check.hasRefusedWrites(rows), verdict) : verdict,
                        StoryJudge::both);
                if (!verdict.complete) {
                    all.addLost(rows.races().keySet());
                    LOG.warn("Story {} is incomplete: {} {}", name, rows.races().values(), run.failure());
                    again.add(run.story());
                }
            }
            next = attempt == ATTEMPTS ? List.of() : runner.run(again);
        }
        return verdicts;
    }

    private static Verdict verdict(StoryRun run, StoryRows rows, StoryCheck check) {
        boolean raced = !rows.races().isEmpty();
        boolean complete = !raced && run.failure().isEmpty() && !check.hasRefusedWrites(rows);
        return new Verdict(raced ? List.of() : check.faults(rows), complete);
    }

    /** What may be Conductor's doing once is a mistake each time. */
    private static Verdict atLast(StoryRun run, boolean isRefused, Verdict verdict) {
        Stream<String> refused =
                isRefused ? Stream.of("the guard refused a write in each of its runs") : Stream.empty();
        return new Verdict(
                Stream.of(run.faults(), refused, verdict.faults.stream())
                        .flatMap(faults -> faults)
                        .toList(),
                verdict.complete);
    }

    private static Verdict both(Verdict one, Verdict other) {
        return new Verdict(
                Stream.concat(one.faults.stream(), other.faults.stream()).toList(), one.complete || other.complete);
    }

    private void awaitRest(List<StoryRun> runs) {
        Batch.of(all.workflows, runs.stream().map(StoryRun::workflowId).toList())
                .awaitCaptured(all.seen.captured);
        // Sub-workflows are known by their rows, which have been captured by now.
        Map<String, StoryRows> captured = rows();
        Batch batch = Batch.of(
                all.workflows,
                runs.stream()
                        .flatMap(run -> captured.get(run.correlationId()).workflowIds().stream())
                        .toList());
        batch.awaitRest(all.seen.captured);
        batch.awaitCaptured(all.seen.captured);
        Awaitility.await("Ratchet to read on").atMost(EndToEnd.TIMEOUT).until(all.ratchet::hasReadAll);
    }

    private Map<String, StoryRows> rows() {
        return StoryRows.byCorrelationId(all.seen.captured.poll());
    }
}

package dev.ratchet.real;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs stories on a Conductor, several at a time. */
final class StoryRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoryRunner.class);

    /** More of them would only wait for each other on two cores. */
    private static final int AT_A_TIME = 6;

    private final ConductorServer conductor;
    private final Workers workers;

    StoryRunner(ConductorServer conductor) {
        this.conductor = conductor;
        workers = StoryWorkers.start(conductor);
    }

    /** Returns when the last step of each has been taken, or could not. */
    List<StoryRun> run(List<Story> stories) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<CompletableFuture<StoryRun>> runs = stories.stream()
                    .map(story -> CompletableFuture.supplyAsync(() -> run(story), threads))
                    .toList();
            return runs.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private StoryRun run(Story story) {
        String correlationId = story.name() + " " + UUID.randomUUID();
        Execution execution = Execution.start(conductor, story, correlationId);
        for (Step step : story.steps()) {
            try {
                step.action().on(execution);
            } catch (RuntimeException e) {
                LOG.warn("Story {} ended at step '{}': {}", story.name(), step.text(), e.toString());
                return new StoryRun(story, correlationId, execution.id(), Optional.of(e));
            }
        }
        return new StoryRun(story, correlationId, execution.id(), Optional.empty());
    }

    @Override
    public void close() {
        workers.close();
    }
}

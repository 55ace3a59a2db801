package dev.ratchet.cluster;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the same question again and again in its own thread, and counts the answers. */
final class Sampler implements AutoCloseable {
    private static final long INTERVAL_MS = 20;

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    private Sampler() {}

    /** @param question its failure is an answer too */
    static Sampler of(Callable<String> question) {
        Sampler sampler = new Sampler();
        var unused = sampler.thread.scheduleWithFixedDelay(
                () -> sampler.answers.merge(answer(question), 1, Integer::sum), 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
        return sampler;
    }

    private static String answer(Callable<String> question) {
        try {
            return question.call();
        } catch (InterruptedException e) {
            return "interrupted";
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** {@return the answers so far, with their numbers; from now on it counts anew} */
    Map<String, Integer> take() {
        Map<String, Integer> taken = new TreeMap<>();
        answers.keySet().forEach(answer -> taken.put(answer, answers.remove(answer)));
        return taken;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package dev.ratchet.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/**
 * In which order which events come: each task is scheduled, starts and ends; some events come twice, some change places
 * with the task's next one; many tasks live at once. The same for the same numbers.
 */
final class Workload implements Iterator<Workload.Step> {
    static final int EVENTS_A_TASK = 3;
    private static final double DUPLICATES = 0.05;
    private static final double SWAPS = 0.05;
    private static final long SEED = 176;

    /**
     * One event.
     *
     * @param task from 0
     * @param event 0: scheduled, 1: started, 2: ended
     */
    record Step(int task, int event) {
        /** The same of a task with a number that much higher. */
        Step after(int tasks) {
            return new Step(task + tasks, event);
        }
    }

    private final int tasks;
    private final boolean disorder;
    private final Deque<Step>[] live;
    private final Random random = new Random(SEED);
    private int begun;
    private int alive;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Workload(int tasks, int atOnce, boolean disorder) {
        this.tasks = tasks;
        this.disorder = disorder;
        this.live = new Deque[Math.min(tasks, atOnce)];
        while (alive < live.length) {
            live[alive++] = task(begun++);
        }
    }

    /** @param atOnce how many tasks live at once: on average as many events lie between one of a task's and the next */
    static Workload disordered(int tasks, int atOnce) {
        return new Workload(tasks, atOnce, true);
    }

    /** Each event once, and in its place. */
    static Workload ordered(int tasks, int atOnce) {
        return new Workload(tasks, atOnce, false);
    }

    @Override
    public boolean hasNext() {
        return alive > 0;
    }

    @Override
    public Step next() {
        if (alive == 0) {
            throw new NoSuchElementException();
        }
        int at = random.nextInt(alive);
        Step step = live[at].remove();
        if (live[at].isEmpty()) {
            live[at] = begun < tasks ? task(begun++) : live[--alive];
        }
        return step;
    }

    private Deque<Step> task(int number) {
        int[] order = {0, 1, 2};
        for (int i = 0; i < order.length - 1; i++) {
            if (disorder && random.nextDouble() < SWAPS) {
                int event = order[i];
                order[i] = order[i + 1];
                order[i + 1] = event;
            }
        }
        Deque<Step> steps = new ArrayDeque<>();
        for (int event : order) {
            Step step = new Step(number, event);
            steps.add(step);
            if (disorder && random.nextDouble() < DUPLICATES) {
                steps.add(step);
            }
        }
        return steps;
    }
}

package dev.ratchet.bench;

import java.util.UUID;

/** Makes the records of a {@link Workload}. */
interface EventSource {
    /** The value of the record that tells of this step, as its producer would write it. */
    byte[] value(Workload.Step step);

    /** The input topic's name in the settings. */
    String topic();

    /** Name of {@code ratchet.source}. */
    String kind();

    /** Conductor's ids are random UUIDs; these are as long and as scattered, and the same in each run. */
    static String taskId(int task) {
        return id(task, 1);
    }

    static String id(int task, int of) {
        return new UUID(mixed(2L * task + of), mixed(~(2L * task + of))).toString();
    }

    private static long mixed(long number) {
        long mixed = number * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}

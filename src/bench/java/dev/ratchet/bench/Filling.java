package dev.ratchet.bench;

import java.util.Map;

/** Puts a workload on its topic. */
final class Filling {
    private Filling() {}

    /** Returns once Kafka has it all. {@return how many records it was} */
    static long fill(Cluster cluster, Workload workload, EventSource events) {
        long sent = 0;
        try (Sending sending =
                new Sending(Map.of("bootstrap.servers", cluster.address(), "linger.ms", 20, "batch.size", 262_144))) {
            while (workload.hasNext()) {
                Workload.Step step = workload.next();
                sending.send(events.topic(), step.task(), events.value(step));
                sent++;
            }
        }
        return sent;
    }
}

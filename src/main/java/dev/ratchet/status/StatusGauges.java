package dev.ratchet.status;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams.State;

/** Publishes as metrics what health and status show. */
public final class StatusGauges {
    private StatusGauges() {}

    /**
     * Registers the gauges.
     *
     * @param usesConductor whether repairs or audits are on
     */
    public static void register(MeterRegistry registry, InstanceParts parts, boolean usesConductor) {
        for (State state : State.values()) {
            Gauge.builder("ratchet.streams.state", () -> isIn(parts, state) ? 1 : 0)
                    .description("1 for the current state of the stream, 0 for the others")
                    .tag("state", state.name())
                    .register(registry);
        }
        register(registry, "kafka", "a Kafka broker", parts, ServiceStatus::ofKafka);
        register(registry, "registry", "the schema registry", parts, ServiceStatus::ofRegistry);
        if (usesConductor) {
            register(registry, "conductor", "Conductor", parts, ServiceStatus::ofConductor);
        }
    }

    private static void register(
            MeterRegistry registry,
            String service,
            String who,
            InstanceParts parts,
            Function<InstanceParts, ServiceStatus> status) {
        Gauge.builder("ratchet." + service + ".up", () -> status.apply(parts).gauge())
                .description("1 if " + who + " answers, 0 if not, NaN if Ratchet has not asked yet")
                .register(registry);
    }

    /** Until the stream is created it counts as CREATED, the state in which it begins. */
    private static boolean isIn(InstanceParts parts, State state) {
        return parts.stream().map(stream -> stream.state() == state).orElse(state == State.CREATED);
    }
}

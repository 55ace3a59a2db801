package dev.ratchet.status;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a service that Ratchet needs answers.
 *
 * @param reachable empty if that is unknown: it was not asked yet
 * @param awaySince empty unless it is away
 */
record ServiceStatus(Optional<Boolean> reachable, Optional<Instant> awaySince) {
    static final ServiceStatus UNKNOWN = new ServiceStatus(Optional.empty(), Optional.empty());

    /** @param asked whether it was asked at all */
    static ServiceStatus of(boolean asked, Optional<Instant> awaySince) {
        return asked ? new ServiceStatus(Optional.of(awaySince.isEmpty()), awaySince) : UNKNOWN;
    }

    /** The start needs Kafka, so once there is a stream, a broker has answered. */
    static ServiceStatus ofKafka(InstanceParts parts) {
        return parts.stream().map(stream -> of(true, stream.kafkaAwaySince())).orElse(UNKNOWN);
    }

    static ServiceStatus ofRegistry(InstanceParts parts) {
        return parts.registry()
                .map(monitor -> of(monitor.hasAsked(), monitor.awaySince()))
                .orElse(UNKNOWN);
    }

    /** From the last request of a repair or an audit. */
    static ServiceStatus ofConductor(InstanceParts parts) {
        return parts.worker()
                .map(worker -> of(
                        worker.conductorAnsweredAt().isPresent()
                                || worker.conductorAwaySince().isPresent(),
                        worker.conductorAwaySince()))
                .orElse(UNKNOWN);
    }

    /** {@return 1 if it is reachable, 0 if not, NaN if that is unknown} */
    double gauge() {
        return reachable.map(up -> up ? 1.0 : 0.0).orElse(Double.NaN);
    }
}

package dev.ratchet.status;

import dev.ratchet.repair.worker.WorkerStatus;
import dev.ratchet.stream.runtime.StreamStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of this process whose status is shown. The HTTP server answers before they exist; each is added when it is
 * created. Thread-safe.
 */
public final class InstanceParts {
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private volatile String waitsFor = "the first checks of Kafka, the topics and the registry are running";
    private volatile @Nullable Supplier<StreamStatus> stream;
    private volatile @Nullable Supplier<WorkerStatus> worker;
    private volatile @Nullable BooleanSupplier intake;
    private volatile @Nullable RegistryMonitor registry;

    Instant startedAt() {
        return startedAt;
    }

    /** Says what the start waits for, and what to do. */
    public void setWaitsFor(String what) {
        waitsFor = what;
    }

    String waitsFor() {
        return waitsFor;
    }

    public void setStream(Supplier<StreamStatus> status) {
        stream = status;
    }

    /** {@return the stream's status; empty while the start waits} */
    Optional<StreamStatus> stream() {
        return Optional.ofNullable(stream).map(Supplier::get);
    }

    public void setWorker(Supplier<WorkerStatus> status) {
        worker = status;
    }

    /** {@return the repair worker's status; empty without one, and while the start waits} */
    Optional<WorkerStatus> worker() {
        return Optional.ofNullable(worker).map(Supplier::get);
    }

    /** Adds the webhook's intake, which is open once it accepts notifications. */
    public void setIntake(BooleanSupplier isOpen) {
        intake = isOpen;
    }

    /** {@return whether the webhook's intake accepts notifications; empty if it is off} */
    Optional<Boolean> intakeIsOpen() {
        return Optional.ofNullable(intake).map(BooleanSupplier::getAsBoolean);
    }

    public void setRegistry(RegistryMonitor monitor) {
        registry = monitor;
    }

    /** {@return the monitor of the registry; empty while the start waits, and with other serdes than Ratchet's} */
    Optional<RegistryMonitor> registry() {
        return Optional.ofNullable(registry);
    }
}

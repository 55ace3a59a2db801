package dev.ratchet;

import dev.ratchet.conductor.ClientLimits;
import dev.ratchet.conductor.ConductorEndpoint;
import dev.ratchet.conductor.HttpConductorClient;
import dev.ratchet.conductor.ResilientConductorClient;
import dev.ratchet.config.ConductorSettings;
import dev.ratchet.config.RepairSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.RepairCounters;
import dev.ratchet.repair.worker.RepairWorker;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Conductor client and the repair worker, if the settings enable repairs or audits. */
final class RepairService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RepairService.class);
    private static final int FAILURES_TO_OPEN_CIRCUIT = 5;
    private static final Duration CIRCUIT_OPEN_TIME = Duration.ofSeconds(15);

    private final Settings settings;
    private final Optional<RepairWorker> worker;

    private RepairService(Settings settings, Optional<RepairWorker> worker) {
        this.settings = settings;
        this.worker = worker;
    }

    /**
     * Creates what the settings enable.
     *
     * @param onEnd runs if the worker fails
     */
    static RepairService of(Settings settings, SchemaRegistry registry, Runnable onEnd) {
        return new RepairService(
                settings,
                settings.asksConductor()
                        ? Optional.of(
                                new RepairWorker(settings, registry, conductor(settings), new RepairCounters(), onEnd))
                        : Optional.empty());
    }

    private static ResilientConductorClient conductor(Settings settings) {
        ConductorSettings access = settings.conductor();
        ConductorEndpoint endpoint = ConductorEndpoint.at(
                access.url().orElseThrow(),
                access.token().map(token -> new ConductorEndpoint.Token(access.tokenHeader(), token)));
        return new ResilientConductorClient(
                new HttpConductorClient(endpoint, settings.repair().captureBytes()),
                new ClientLimits(access.requestsPerSecond(), FAILURES_TO_OPEN_CIRCUIT, CIRCUIT_OPEN_TIME));
    }

    void start() {
        RepairSettings.Mode mode = settings.repair().mode();
        if (worker.isPresent()) {
            LOG.info(
                    "Asking Conductor at {}: repair {}, audit {}",
                    settings.conductor()
                            .url()
                            .map(RepairService::withoutCredentials)
                            .orElseThrow(),
                    mode.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    settings.audit().on() ? "on" : "off");
            worker.get().start();
        } else {
            missingUrlWarning(settings).ifPresent(LOG::info);
        }
    }

    /** {@return why nothing is repaired; empty if the settings say so} */
    static Optional<String> missingUrlWarning(Settings settings) {
        return settings.conductor().url().isPresent() || settings.repair().mode() == RepairSettings.Mode.OFF
                ? Optional.empty()
                : Optional.of("Nothing is repaired: ratchet.conductor.url is not set");
    }

    /** Without user name and password. */
    private static String withoutCredentials(URI url) {
        return url.toString().replaceFirst("//.*@", "//");
    }

    Optional<Throwable> failure() {
        return worker.flatMap(RepairWorker::failure);
    }

    @Override
    public void close() {
        worker.ifPresent(RepairWorker::close);
    }
}

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

/** Creates the repair worker and its client of Conductor. */
final class RepairService {
    private static final Logger LOG = LoggerFactory.getLogger(RepairService.class);
    private static final int FAILURES_TO_OPEN_CIRCUIT = 5;
    private static final Duration CIRCUIT_OPEN_TIME = Duration.ofSeconds(15);

    private RepairService() {}

    /**
     * Creates the worker, not started; empty if the settings enable neither repairs nor audits.
     *
     * @param onEnd runs if the worker fails
     */
    static Optional<RepairWorker> worker(Settings settings, SchemaRegistry registry, Runnable onEnd) {
        if (!settings.asksConductor()) {
            missingUrlWarning(settings).ifPresent(LOG::info);
            return Optional.empty();
        }
        ConductorSettings access = settings.conductor();
        URI url = access.url().orElseThrow();
        ConductorEndpoint endpoint = ConductorEndpoint.at(
                url, access.token().map(token -> new ConductorEndpoint.Token(access.tokenHeader(), token)));
        ResilientConductorClient conductor = new ResilientConductorClient(
                new HttpConductorClient(endpoint, settings.repair().captureBytes()),
                new ClientLimits(access.requestsPerSecond(), FAILURES_TO_OPEN_CIRCUIT, CIRCUIT_OPEN_TIME));
        LOG.info(
                "Asking Conductor at {}: repair {}, audit {}",
                url.toString().replaceFirst("//.*@", "//"), // without user name and password
                settings.repair().mode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                settings.audit().on() ? "on" : "off");
        return Optional.of(new RepairWorker(settings, registry, conductor, new RepairCounters(), onEnd));
    }

    /** {@return why nothing is repaired; empty if the settings say so} */
    static Optional<String> missingUrlWarning(Settings settings) {
        return settings.conductor().url().isPresent() || settings.repair().mode() == RepairSettings.Mode.OFF
                ? Optional.empty()
                : Optional.of("Nothing is repaired: ratchet.conductor.url is not set");
    }
}

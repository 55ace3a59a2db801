package dev.ratchet;

import dev.ratchet.conductor.ConductorEndpoint;
import dev.ratchet.conductor.HttpConductor;
import dev.ratchet.conductor.SparedConductor;
import dev.ratchet.conductor.Sparing;
import dev.ratchet.config.ConductorAccess;
import dev.ratchet.config.Repair;
import dev.ratchet.config.Settings;
import dev.ratchet.repairer.RepairTally;
import dev.ratchet.repairer.Repairer;
import dev.ratchet.wire.SchemaRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repairs and audits, as far as the settings want them: Conductor, spared, and the repairer that asks it. */
final class Repairs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
    private static final int FAILURES = 5;
    private static final Duration REST = Duration.ofSeconds(15);

    private final Settings settings;
    private final Optional<Repairer> repairer;

    private Repairs(Settings settings, Optional<Repairer> repairer) {
        this.settings = settings;
        this.repairer = repairer;
    }

    /**
     * What the settings want.
     *
     * @param onEnd run if it cannot go on
     */
    static Repairs of(Settings settings, SchemaRegistry registry, Runnable onEnd) {
        return new Repairs(
                settings,
                settings.asksConductor()
                        ? Optional.of(new Repairer(
                                settings,
                                registry,
                                conductor(settings, settings.conductor().requestsPerSecond()),
                                new RepairTally(),
                                onEnd))
                        : Optional.empty());
    }

    /** Where the settings say, which they must. */
    static SparedConductor conductor(Settings settings, int perSecond) {
        ConductorAccess access = settings.conductor();
        ConductorEndpoint endpoint = ConductorEndpoint.at(
                access.url().orElseThrow(),
                access.token().map(token -> new ConductorEndpoint.Token(access.tokenHeader(), token)));
        return new SparedConductor(
                new HttpConductor(endpoint, settings.repair().captureBytes()), new Sparing(perSecond, FAILURES, REST));
    }

    void start() {
        Repair.Mode mode = settings.repair().mode();
        if (repairer.isPresent()) {
            LOG.info(
                    "Asking Conductor at {}: repair {}, audit {}",
                    settings.conductor().url().map(Repairs::shown).orElseThrow(),
                    mode.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    settings.audit().on() ? "on" : "off");
            repairer.get().start();
        } else {
            nothing(settings).ifPresent(LOG::info);
        }
    }

    /** What is wanted in vain, as Conductor's address is not set; empty if nothing is. */
    static Optional<String> nothing(Settings settings) {
        if (settings.conductor().url().isPresent()
                || (settings.repair().mode() == Repair.Mode.OFF
                        && !settings.audit().on())) {
            return Optional.empty();
        }
        return Optional.of("Nothing is repaired" + (settings.audit().on() ? " or audited" : "")
                + ": ratchet.conductor.url is not set");
    }

    /** Without a user's name and password. */
    private static String shown(URI url) {
        return url.toString().replaceFirst("//.*@", "//");
    }

    Optional<Throwable> failure() {
        return repairer.flatMap(Repairer::failure);
    }

    @Override
    public void close() {
        repairer.ifPresent(Repairer::close);
    }
}

package dev.ratchet.status;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.progress.PeriodicTask;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the schema registry every 15 s for the newest schema of the changelog, and logs when it is away and when it is back.
 * Ratchet itself asks only about schemas that it does not know yet, so its own requests would show an outage late.
 */
public final class RegistryMonitor extends PeriodicTask {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryMonitor.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final SchemaRegistry registry;
    private final String subject;
    private final String url;
    private volatile boolean hasAsked;
    private volatile @Nullable Instant awaySince;

    RegistryMonitor(SchemaRegistry registry, String subject, String url) {
        super("ratchet-registry-monitor", INTERVAL);
        this.registry = registry;
        this.subject = subject;
        this.url = url;
    }

    /** {@return a monitor of the registry in the settings; empty unless both serdes are Ratchet's own} */
    public static Optional<RegistryMonitor> of(Settings settings, SchemaRegistry registry) {
        if (!AvroSerdes.areBuiltIn(settings.serde())) {
            return Optional.empty();
        }
        String changelog = settings.topics().changelog();
        String subject = AvroSerdes.subject(settings.serde(), changelog, TaskStatusChange.class)
                .name();
        return Optional.of(
                new RegistryMonitor(registry, subject, settings.registry().shownUrl()));
    }

    boolean hasAsked() {
        return hasAsked;
    }

    /** Since when the registry does not answer; empty while it does, and before the first request. */
    Optional<Instant> awaySince() {
        return Optional.ofNullable(awaySince);
    }

    @Override
    protected void poll() {
        Instant sentAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        try {
            registry.latest(subject);
            onAnswer();
        } catch (InterruptException closing) {
            LOG.debug("Closed", closing);
        } catch (RegistryUnavailableException unavailable) {
            onNoAnswer(sentAt, unavailable);
        } catch (RuntimeException | Error refused) { // an answer, or a failure that its own line reports
            LOG.debug("The schema registry does not return the newest schema of {}", subject, refused);
            onAnswer();
        }
    }

    private void onAnswer() {
        Instant since = awaySince;
        awaySince = null;
        hasAsked = true;
        if (since != null) {
            LOG.info(
                    "The schema registry is back after {} s. url={}",
                    Duration.between(since, Instant.now()).toSeconds(),
                    url);
        }
    }

    private void onNoAnswer(Instant sentAt, RegistryUnavailableException unavailable) {
        if (awaySince == null) {
            awaySince = sentAt;
            hasAsked = true;
            LOG.warn(
                    "RATCHET-1330 The schema registry is away since {}: it does not answer. Ratchet continues with the schemas"
                            + " that it knows; records with other schemas wait. Nothing is lost. Check the registry and"
                            + " ratchet.schema.registry.url. url={} error={}",
                    sentAt,
                    url,
                    unavailable.getMessage());
        }
    }
}

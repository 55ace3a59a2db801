package dev.ratchet;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.cli.Launcher;
import dev.ratchet.cli.Version;
import dev.ratchet.conductor.HttpConductorClient;
import dev.ratchet.conductor.ResilientConductorClient;
import dev.ratchet.config.ConductorSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.MetricsEndpoint;
import dev.ratchet.ingest.webhook.WebhookCounters;
import dev.ratchet.ingest.webhook.WebhookIntake;
import dev.ratchet.metrics.ApplicationMetrics;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.RepairCounters;
import dev.ratchet.repair.worker.RepairWorker;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.stream.runtime.TopicsNotReadyException;
import dev.ratchet.stream.state.BoundedMemoryRocksDBConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the packages together: the stream, the repair worker and the HTTP server. */
final class RatchetApplication implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(RatchetApplication.class);
    private static final int FAILURES_TO_OPEN_CIRCUIT = 5;
    private static final Duration CIRCUIT_OPEN_TIME = Duration.ofSeconds(15);

    @Override
    public int run(Settings settings, Consumer<String> errors) throws InterruptedException {
        LOG.info("Starting as {}. version={}, {}", settings.application().id(), Version.number(), settings.summary());
        SchemaRegistry registry = AvroSerdes.registry(settings.serde());
        try (ApplicationMetrics metrics = new ApplicationMetrics(
                        Version.number(), settings.application().stateDirectory());
                ShutdownHook shutdown = new ShutdownHook()) {
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrorHandler(shutdown::exit));
            RatchetStream stream =
                    shutdown.add("stream", StreamFactory.of(settings, registry, new EventCounters(metrics.registry())));
            Optional<RepairWorker> repairs = settings.asksConductor()
                    ? Optional.of(shutdown.add(
                            "repairs", repairWorker(settings, registry, metrics.registry(), stream::close)))
                    : Optional.empty();
            metrics.kafka().add(stream::kafkaMetrics);
            BoundedMemoryRocksDBConfig.publish(
                    metrics.registry(), settings.application().stateMemory());
            repairs.ifPresent(worker -> metrics.kafka().add(worker::kafkaMetrics));
            serve(settings, registry, metrics, shutdown);
            stream.start();
            repairs.ifPresent(RepairWorker::start);
            return stream.awaitEnd()
                    .or(() -> repairs.flatMap(RepairWorker::failure))
                    .map(failure -> 1)
                    .orElse(0);
        } catch (TopicsNotReadyException notReady) {
            String.valueOf(notReady.getMessage()).lines().forEach(errors);
            return 1;
        }
    }

    static RepairWorker repairWorker(
            Settings settings, SchemaRegistry registry, MeterRegistry metrics, Runnable onEnd) {
        return new RepairWorker(settings, registry, conductor(settings), new RepairCounters(metrics), onEnd);
    }

    /** Creates the client. {@code ratchet.conductor.url} must be set. */
    private static ResilientConductorClient conductor(Settings settings) {
        ConductorSettings access = settings.conductor();
        return new ResilientConductorClient(
                new HttpConductorClient(
                        access.url().orElseThrow(),
                        access.headers(),
                        settings.repair().captureBytes()),
                access.requestsPerSecond(),
                FAILURES_TO_OPEN_CIRCUIT,
                CIRCUIT_OPEN_TIME);
    }

    /** In one shutdown group: the server closes before the webhook producer, so no accepted request is lost. */
    private static void serve(
            Settings settings, SchemaRegistry registry, ApplicationMetrics metrics, ShutdownHook shutdown) {
        List<Routes> routes = new ArrayList<>(List.of(new MetricsEndpoint(metrics.registry())));
        if (settings.intake().on()) {
            WebhookIntake intake =
                    shutdown.add("http", WebhookIntake.of(settings, registry, new WebhookCounters(metrics.registry())));
            metrics.kafka().add(intake::kafkaMetrics);
            routes.add(intake);
        }
        shutdown.add("http", HttpServer.start(settings.http(), routes));
    }
}

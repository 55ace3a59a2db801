package dev.ratchet;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.cli.Launcher;
import dev.ratchet.cli.Version;
import dev.ratchet.conductor.HttpConductorClient;
import dev.ratchet.conductor.ResilientConductorClient;
import dev.ratchet.config.ConductorSettings;
import dev.ratchet.config.LogSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.MetricsEndpoint;
import dev.ratchet.http.OpenApiEndpoint;
import dev.ratchet.ingest.webhook.WebhookCounters;
import dev.ratchet.ingest.webhook.WebhookIntake;
import dev.ratchet.log.LogOutput;
import dev.ratchet.metrics.ApplicationMetrics;
import dev.ratchet.query.QueryRoutes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.RepairCounters;
import dev.ratchet.repair.worker.RepairWorker;
import dev.ratchet.status.HealthEndpoint;
import dev.ratchet.status.InstanceParts;
import dev.ratchet.status.LoggersEndpoint;
import dev.ratchet.status.RegistryMonitor;
import dev.ratchet.status.StatusEndpoint;
import dev.ratchet.status.StatusGauges;
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
        setLogFormat(settings);
        LOG.info("Starting as {}. version={}, {}", settings.application().id(), Version.number(), settings.summary());
        SchemaRegistry registry = AvroSerdes.registry(settings.serde());
        InstanceParts parts = new InstanceParts();
        try (ApplicationMetrics metrics = new ApplicationMetrics(
                        Version.number(), settings.application().stateDirectory());
                ShutdownHook shutdown = new ShutdownHook()) {
            StatusGauges.register(metrics.registry(), parts, settings.asksConductor());
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrorHandler(shutdown::exit));
            Optional<WebhookIntake> intake = intake(settings, metrics, shutdown);
            intake.ifPresent(one -> parts.setIntake(one::isOpen));
            // First, so that health and status are answered while the start waits and while the stream restores.
            QueryRoutes queries = new QueryRoutes(settings, registry);
            HttpServer server = serve(settings, metrics, parts, intake, queries, shutdown);
            shutdown.add("http", queries); // closed before the server
            RatchetStream stream = shutdown.add(
                    "stream",
                    StreamFactory.of(
                            settings.withInstanceAddress(server.advertised()),
                            registry,
                            new EventCounters(metrics.registry()),
                            parts::setWaitsFor));
            queries.open(stream.queries());
            parts.setStream(stream::status);
            metrics.kafka().add(stream::kafkaMetrics);
            BoundedMemoryRocksDBConfig.publish(
                    metrics.registry(), settings.application().stateMemory());
            Optional<RepairWorker> repairs = settings.asksConductor()
                    ? Optional.of(shutdown.add(
                            "repairs", repairWorker(settings, registry, metrics.registry(), stream::close)))
                    : Optional.empty();
            repairs.ifPresent(worker -> {
                parts.setWorker(worker::status);
                metrics.kafka().add(worker::kafkaMetrics);
            });
            monitorRegistry(settings, registry, parts, shutdown);
            intake.ifPresent(one -> {
                one.open(registry);
                metrics.kafka().add(one::kafkaMetrics);
            });
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

    private static void setLogFormat(Settings settings) {
        if (settings.log().format() == LogSettings.Format.JSON && !LogOutput.useJson()) {
            LOG.info("{}=json has no effect: Logback is configured with a file of your own", LogSettings.FORMAT);
        }
    }

    private static void monitorRegistry(
            Settings settings, SchemaRegistry registry, InstanceParts parts, ShutdownHook shutdown) {
        RegistryMonitor.of(settings, registry).ifPresent(monitor -> {
            shutdown.add("registry", monitor).start();
            parts.setRegistry(monitor);
        });
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

    private static Optional<WebhookIntake> intake(
            Settings settings, ApplicationMetrics metrics, ShutdownHook shutdown) {
        return settings.intake().on()
                ? Optional.of(
                        shutdown.add("http", new WebhookIntake(settings, new WebhookCounters(metrics.registry()))))
                : Optional.empty();
    }

    /** In the shutdown group of the intake: the server closes before its producer, so no accepted request is lost. */
    private static HttpServer serve(
            Settings settings,
            ApplicationMetrics metrics,
            InstanceParts parts,
            Optional<WebhookIntake> intake,
            QueryRoutes queries,
            ShutdownHook shutdown) {
        List<Routes> routes = new ArrayList<>(List.of(
                new MetricsEndpoint(metrics.registry()),
                new HealthEndpoint(parts),
                new StatusEndpoint(settings, Version.number(), parts),
                new LoggersEndpoint(settings.http()),
                new OpenApiEndpoint(),
                queries));
        intake.ifPresent(routes::add);
        return shutdown.add("http", HttpServer.start(settings.http(), routes));
    }
}

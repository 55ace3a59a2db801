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
import dev.ratchet.http.OpenApiEndpoint;
import dev.ratchet.ingest.webhook.WebhookCounters;
import dev.ratchet.ingest.webhook.WebhookIntake;
import dev.ratchet.query.QueryRoutes;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.worker.RepairCounters;
import dev.ratchet.repair.worker.RepairWorker;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.runtime.RatchetStream;
import dev.ratchet.stream.runtime.StreamFactory;
import dev.ratchet.stream.runtime.TopicsNotReadyException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (ShutdownHook shutdown = new ShutdownHook()) {
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrorHandler(shutdown::exit));
            Optional<WebhookIntake> intake = intake(settings, metrics, shutdown);
            // First, so that health and status are answered while the start waits and while the stream restores.
            QueryRoutes queries = new QueryRoutes(settings, registry);
            HttpServer server = serve(settings, metrics, intake, queries, shutdown);
            shutdown.add("http", queries); // closed before the server
            RatchetStream stream = shutdown.add(
                    "stream",
                    StreamFactory.of(
                            settings.withInstanceAddress(server.advertised()), registry, new EventCounters(metrics)));
            queries.open(stream.queries());
            Optional<RepairWorker> repairs = settings.asksConductor()
                    ? Optional.of(shutdown.add("repairs", repairWorker(settings, registry, metrics, stream::close)))
                    : Optional.empty();
            intake.ifPresent(opened -> opened.open(registry));
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

    private static Optional<WebhookIntake> intake(Settings settings, MeterRegistry metrics, ShutdownHook shutdown) {
        return settings.intake().on()
                ? Optional.of(shutdown.add("http", new WebhookIntake(settings, new WebhookCounters(metrics))))
                : Optional.empty();
    }

    /** In the shutdown group of the intake: the server closes before its producer, so no accepted request is lost. */
    private static HttpServer serve(
            Settings settings,
            PrometheusMeterRegistry metrics,
            Optional<WebhookIntake> intake,
            QueryRoutes queries,
            ShutdownHook shutdown) {
        List<Routes> routes = new ArrayList<>(List.of(new MetricsEndpoint(metrics), new OpenApiEndpoint(), queries));
        intake.ifPresent(routes::add);
        return shutdown.add("http", HttpServer.start(settings.http(), routes));
    }
}

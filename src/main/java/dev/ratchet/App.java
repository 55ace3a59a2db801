package dev.ratchet;

import dev.ratchet.cli.Launcher;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.Demo;
import dev.ratchet.http.HttpServer;
import dev.ratchet.http.Routes;
import dev.ratchet.intake.Intake;
import dev.ratchet.intake.IntakeCounts;
import dev.ratchet.repairer.Checkpoint;
import dev.ratchet.repairer.Sweep;
import dev.ratchet.repairer.SweepListener;
import dev.ratchet.repairer.SweepReport;
import dev.ratchet.stream.RatchetStream;
import dev.ratchet.stream.StreamAssembly;
import dev.ratchet.stream.Tally;
import dev.ratchet.stream.TopicsNotReadyException;
import dev.ratchet.topics.TopicAdmin;
import dev.ratchet.topics.TopicPlan;
import dev.ratchet.wire.AvroSerdes;
import dev.ratchet.wire.SchemaRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the rooms. */
final class App implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    @Override
    public int run(Settings settings, PrintWriter err) throws InterruptedException {
        SchemaRegistry registry = AvroSerdes.registry(settings.serde());
        try (Shutdown shutdown = new Shutdown()) {
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors(shutdown::exit));
            RatchetStream stream = shutdown.add("stream", StreamAssembly.of(settings, registry, new Tally()));
            Repairs repairs = shutdown.add("repairs", Repairs.of(settings, registry, stream::close));
            serve(settings, registry, shutdown);
            LOG.info(
                    "Starting as {}, state in {}",
                    settings.application().id(),
                    settings.application().stateDirectory());
            stream.start();
            repairs.start();
            return stream.awaitEnd().or(repairs::failure).map(failure -> 1).orElse(0);
        } catch (TopicsNotReadyException notReady) {
            err.println(notReady.getMessage());
            return 1;
        }
    }

    /** In one group: first nothing more is taken, then what was taken is with Kafka. */
    private static void serve(Settings settings, SchemaRegistry registry, Shutdown shutdown) {
        List<Routes> routes = settings.intake().on()
                ? List.of(shutdown.add("http", Intake.of(settings, registry, new IntakeCounts())))
                : List.of();
        shutdown.add("http", HttpServer.start(settings.http(), routes));
    }

    @Override
    public SweepReport audit(
            Settings settings,
            boolean endedToo,
            boolean post,
            Optional<Checkpoint> checkpoint,
            SweepListener listener) {
        try (TopicAdmin admin = new TopicAdmin(settings.kafka())) {
            admin.check(TopicPlan.of(settings)); // if no broker answers it says so in one line
        }
        int perSecond =
                Math.min(settings.audit().perSecond(), settings.conductor().requestsPerSecond());
        return new Sweep(settings, Repairs.conductor(settings, perSecond), checkpoint, listener)
                .run(endedToo, post ? Optional.of(AvroSerdes.registry(settings.serde())) : Optional.empty());
    }

    @Override
    public int demo(Optional<Path> trace, boolean exit, PrintWriter out) throws Exception {
        return Demo.run(trace, exit, out);
    }
}

package dev.ratchet;

import dev.ratchet.cli.Launcher;
import dev.ratchet.config.Settings;
import dev.ratchet.demo.Demo;
import dev.ratchet.stream.RatchetStream;
import dev.ratchet.stream.StreamAssembly;
import dev.ratchet.stream.Tally;
import dev.ratchet.stream.TopicsNotReadyException;
import dev.ratchet.wire.SchemaRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins the rooms. */
final class App implements Launcher {
    private static final Logger LOG = LoggerFactory.getLogger(App.class);

    @Override
    public int run(Settings settings, PrintWriter err) throws InterruptedException {
        try (RatchetStream stream = StreamAssembly.of(settings, SchemaRegistry.of(settings.serde()), new Tally())) {
            Thread hook = new Thread(stream::close, "shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            LOG.info(
                    "Starting as {}, state in {}",
                    settings.application().id(),
                    settings.application().stateDirectory());
            stream.start();
            return stream.awaitEnd().map(failure -> 1).orElse(0);
        } catch (TopicsNotReadyException notReady) {
            err.println(notReady.getMessage());
            return 1;
        }
    }

    @Override
    public int demo(Optional<Path> trace, boolean exit, PrintWriter out) throws Exception {
        return Demo.run(trace, exit, out);
    }
}

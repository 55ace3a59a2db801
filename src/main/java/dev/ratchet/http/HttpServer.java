package dev.ratchet.http;

import dev.ratchet.config.HttpSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, listening. Plain HTTP: where the network is not trusted, TLS is for a proxy in front of it. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int THREADS = 64;

    /** Longer than any answer takes. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(6);

    /** Who writes answers that were waited for. */
    static final Key<Executor> RESPONSE_EXECUTOR = new Key<>("answering");

    private final Javalin javalin;
    private final URI address;
    private boolean closed;

    private HttpServer(Javalin javalin, URI address) {
        this.javalin = javalin;
        this.address = address;
    }

    /**
     * Listens, and returns once it does.
     *
     * @param routes_ what is answered; anything else is 404
     * @throws AddressUnusableException if it cannot listen there, say since another process does
     */
    public static HttpServer start(HttpSettings settings, List<Routes> routes_) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        HttpConnectorFactory connector = new HttpConnectorFactory(settings);
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.jetty.threadPool = threads;
            config.jetty.modifyServer(HttpServer::stopGracefully);
            config.jetty.modifyHttpConfiguration(HttpServer::allowConductorHeaders);
            config.jetty.addConnector(connector::open);
            config.appData(RESPONSE_EXECUTOR, threads);
            add(routes_, config);
        });
        javalin.start();
        HttpServer server = new HttpServer(javalin, connector.address());
        LOG.info("Listening on {}", server.address);
        return server;
    }

    private static void add(List<Routes> routes_, JavalinConfig config) {
        config.routes.exception(Exception.class, HttpServer::failed);
        routes_.forEach(room -> room.addTo(config.routes));
    }

    private static void failed(Exception failure, Context ctx) {
        LOG.error("Expected to answer {} {}, but failed", ctx.method(), ctx.path(), failure);
        ErrorResponse.refused(500, "Expected to answer, but failed; the log says how")
                .writeTo(ctx);
    }

    /**
     * Conductor sends its {@code headerPrefer} even if that is not set: a header without a name, right after another.
     * Jetty takes that for a second line of the other's value, which is no longer lawful, and which it would refuse.
     */
    private static void allowConductorHeaders(HttpConfiguration http) {
        http.setHttpCompliance(http.getHttpCompliance().with("Conductor", Violation.MULTILINE_FIELD_VALUE));
    }

    private static void stopGracefully(Server server) {
        server.insertHandler(new GracefulHandler());
        server.setStopTimeout(STOP_WITHIN.toMillis());
    }

    /** {@return where it listens, with the port that it has} */
    public URI address() {
        return address;
    }

    /** Takes no more requests, and waits some seconds until those that were taken are answered. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            javalin.stop();
        } catch (JavalinException failure) {
            LOG.warn("Expected to answer every request within {} before stopping, but did not", STOP_WITHIN, failure);
        }
    }
}

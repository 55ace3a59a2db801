package dev.ratchet.http;

import dev.ratchet.config.HttpSettings;
import io.javalin.Javalin;
import io.javalin.config.Key;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server. Plain HTTP: if the network is not trusted, put a TLS proxy in front of it. */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int THREADS = 64;

    /** Idle keep-alive connections must not delay the shutdown. */
    private static final int IDLE_WHEN_STOPPING_MS = 100;

    /** Longer than any request takes. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(6);

    static final Key<Executor> RESPONSE_EXECUTOR = new Key<>("answering");

    private final Javalin javalin;
    private final URI address;
    private final String advertised;
    private boolean closed;

    private HttpServer(Javalin javalin, URI address, String advertised) {
        this.javalin = javalin;
        this.address = address;
        this.advertised = advertised;
    }

    /** Adds the routes of one package. An interface of ours, so that the application needs no Javalin type. */
    @FunctionalInterface
    public interface Routes {
        void addTo(RoutesConfig routes);
    }

    /** The server cannot listen on its address. The message names the settings. */
    public static final class AddressUnusableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        AddressUnusableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Starts the server. Returns when it listens.
     *
     * @param endpoints add the routes; any other path is answered 404 and logged
     * @throws AddressUnusableException if it cannot listen there, for example because another process does
     */
    public static HttpServer start(HttpSettings settings, List<Routes> endpoints) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        Javalin javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.jetty.threadPool = threads;
            config.jetty.modifyServer(HttpServer::stopGracefully);
            config.jetty.modifyHttpConfiguration(HttpServer::allowConductorHeaders);
            config.jetty.addConnector((server, http) -> open(settings, server, http));
            config.appData(RESPONSE_EXECUTOR, threads);
            config.routes.exception(
                    RequestRejectedException.class,
                    (rejection, ctx) -> rejection.response().writeTo(ctx));
            config.routes.exception(Exception.class, HttpServer::failed);
            new UnknownRequests(System::currentTimeMillis).addTo(config.routes);
            endpoints.forEach(routes -> routes.addTo(config.routes));
        });
        javalin.start();
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        HttpServer server = new HttpServer(
                javalin,
                URI.create("http://" + host + ":" + javalin.port()),
                settings.advertised().orElseGet(() -> reachableHost(settings.host(), host) + ":" + javalin.port()));
        LOG.info("Listening on {} (other instances reach this one at {})", server.address, server.advertised);
        return server;
    }

    /** Opens the connector before the server starts, which would log each exception with its stack trace. */
    private static Connector open(HttpSettings settings, Server server, HttpConfiguration http) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setShutdownIdleTimeout(IDLE_WHEN_STOPPING_MS);
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new AddressUnusableException(
                    "Expected to listen on %s:%d (%s, %s), but cannot: %s"
                            .formatted(
                                    settings.host(),
                                    settings.port(),
                                    HttpSettings.HOST,
                                    HttpSettings.PORT,
                                    cause.getMessage()),
                    e);
        }
        return connector;
    }

    private static void failed(Exception failure, Context ctx) {
        LOG.error(
                "RATCHET-2201 A request failed with status 500. method={}, path={}", ctx.method(), ctx.path(), failure);
        ErrorResponse.refused(500, "Expected to answer, but failed: see the log for RATCHET-2201")
                .writeTo(ctx);
    }

    /**
     * Conductor sends its {@code headerPrefer} even if that is not set: a header without a name, right after another one.
     * Jetty parses that as a second line of the other header's value, which is obsolete and rejected by default.
     */
    private static void allowConductorHeaders(HttpConfiguration http) {
        http.setHttpCompliance(http.getHttpCompliance().with("Conductor", Violation.MULTILINE_FIELD_VALUE));
    }

    private static void stopGracefully(Server server) {
        server.insertHandler(new GracefulHandler());
        server.setStopTimeout(STOP_WITHIN.toMillis());
    }

    /** {@return a host for other machines: that of this machine, if the server listens on all of its addresses} */
    private static String reachableHost(String host, String inUrl) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostName()
                    : inUrl;
        } catch (UnknownHostException e) {
            throw new AddressUnusableException(
                    "Expected to find the name of this machine, but cannot: set " + HttpSettings.ADVERTISED, e);
        }
    }

    /** {@return HOST:PORT at which other instances reach this one: {@code ratchet.http.advertised}, or its default} */
    public String advertised() {
        return advertised;
    }

    /** {@return the address with the actual port} */
    public URI address() {
        return address;
    }

    /** Accepts no more requests, and waits up to 6 seconds for those in progress. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            javalin.stop();
        } catch (JavalinException failure) {
            LOG.warn(
                    "RATCHET-2202 The HTTP server stopped before all requests were answered; clients may not send them"
                            + " again. Run 'ratchet audit' if the webhook is the source. timeout={}",
                    STOP_WITHIN,
                    failure);
        }
    }
}

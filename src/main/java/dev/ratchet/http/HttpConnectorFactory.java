package dev.ratchet.http;

import dev.ratchet.config.HttpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Opens the connector on which the server listens. */
final class HttpConnectorFactory {

    /** Idle keep-alive connections must not delay the shutdown. */
    private static final int IDLE_WHEN_STOPPING_MS = 100;

    private final HttpSettings settings;
    private int port;

    HttpConnectorFactory(HttpSettings settings) {
        this.settings = settings;
        this.port = settings.port();
    }

    /** Opens it before the server starts, which would log each exception with its stack trace. */
    Connector open(Server server, HttpConfiguration http) {
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
        port = connector.getLocalPort();
        return connector;
    }

    URI address() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return URI.create("http://" + host + ":" + port);
    }
}

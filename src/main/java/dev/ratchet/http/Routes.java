package dev.ratchet.http;

import io.javalin.config.RoutesConfig;

/** What one room answers. */
@FunctionalInterface
public interface Routes {
    /** Called once, before the server starts. */
    void addTo(RoutesConfig routes);
}

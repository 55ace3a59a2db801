package dev.ratchet.http;

import io.javalin.config.RoutesConfig;

/** Adds the routes of one package. An interface of ours, so that the application needs no Javalin type. */
@FunctionalInterface
public interface Routes {
    /** Called once, before the server starts. */
    void addTo(RoutesConfig routes);
}

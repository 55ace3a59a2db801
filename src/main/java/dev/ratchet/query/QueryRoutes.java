package dev.ratchet.query;

import dev.ratchet.config.Settings;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.inspect.RecentRecords;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.runtime.TaskQueries;
import io.javalin.config.RoutesConfig;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The endpoints of queries. Those of the state answer 503 until they are opened. Close it before the server: requests that
 * wait are answered then.
 */
public final class QueryRoutes implements Routes, AutoCloseable {
    private static final Duration TOPIC_DEADLINE = Duration.ofSeconds(5);
    private static final int READERS = 2;

    private final RequestAuthenticator authenticator;
    private final RecentRecords records;
    private final Queries queries = new Queries();
    private final InstanceClient instances = new InstanceClient();
    private final TaskEndpoint tasks = new TaskEndpoint(queries, instances);
    private final ExecutorService scans = threads("alerts");
    private final ExecutorService readers = threads("topics");

    /** @param registry to decode the records of topics */
    public QueryRoutes(Settings settings, SchemaRegistry registry) {
        this.authenticator = new RequestAuthenticator(settings.http());
        this.records = new RecentRecords(settings, registry, TOPIC_DEADLINE);
    }

    private static ExecutorService threads(String what) {
        return Executors.newFixedThreadPool(READERS, work -> {
            Thread thread = new Thread(work, "query-" + what);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on, queries of the state are answered. */
    public void open(TaskQueries stream) {
        queries.set(stream);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        TaskEndpoint.ENDPOINT.addTo(routes, authenticator, tasks);
        AlertsEndpoint.ENDPOINT.addTo(routes, authenticator, new AlertsEndpoint(queries, instances, scans));
        RecordsEndpoint.addTo(
                routes, authenticator, records, new WaitLimit(READERS, "requests that read a topic"), readers);
    }

    /** Answers what waits. */
    @Override
    public void close() {
        queries.set(null);
        tasks.close();
        scans.shutdown();
        readers.shutdown();
    }
}

package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * conductor-oss/conductor#176, every time: the service that an asynchronous task calls reports the task COMPLETED, and
 * answers the call a little later. Conductor then writes its old copy of the task, IN_PROGRESS, over the completion.
 */
final class Incident implements AutoCloseable {
    static final String WORKFLOW = "incident";
    static final String BEFORE = "prepare";
    static final String ASYNC = "upload";
    static final String AFTER = "publish";

    private static final Duration SLOWER_BY = Duration.ofMillis(300);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> reported = new ConcurrentHashMap<>();
    private final Rest conductor;
    private final Workers workers;

    private Incident(HttpServer server, Rest conductor, Workers workers) {
        this.server = server;
        this.conductor = conductor;
        this.workers = workers;
    }

    static Incident start(ConductorServer conductor, Workers workers) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        Incident incident = new Incident(server, new Rest(conductor.api()), workers);
        server.createContext("/", incident::answer);
        server.setExecutor(incident.threads);
        server.start();
        return incident;
    }

    /** Which tasks were reported COMPLETED, and with which output. */
    Map<String, String> reported() {
        return Map.copyOf(reported);
    }

    /** A loop of so many iterations over a worker's task, the asynchronous one, and another worker's. */
    List<Map<String, Object>> tasks(int iterations) {
        Map<String, Object> request = Map.of(
                "uri",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/",
                "method",
                "POST",
                "contentType",
                "application/json",
                "connectionTimeOut",
                5000,
                "readTimeOut",
                60_000,
                "body",
                Map.of("taskId", "${CPEWF_TASK_ID}", "workflowId", "${workflow.workflowId}"));
        Map<String, Object> async = Map.of(
                "name",
                ASYNC,
                "taskReferenceName",
                ASYNC,
                "type",
                "HTTP",
                "asyncComplete",
                true,
                "inputParameters",
                Map.of("http_request", request));
        return List.of(Map.of(
                "name", "loop",
                "taskReferenceName", "loop",
                "type", "DO_WHILE",
                "loopCondition", "if ($.loop['iteration'] < %d) { true; } else { false; }".formatted(iterations),
                "loopOver", List.of(Workflows.simple(BEFORE), async, Workflows.simple(AFTER))));
    }

    private void answer(HttpExchange call) throws IOException {
        try (call) {
            JsonNode task = Rest.JSON.readTree(call.getRequestBody());
            int done = workers.completed(AFTER);
            String output = "file-" + (done + 1);
            conductor.post(
                    "/tasks",
                    Map.of(
                            "workflowInstanceId", task.get("workflowId").asText(),
                            "taskId", task.get("taskId").asText(),
                            "status", "COMPLETED",
                            "outputData", Map.of("file", output)));
            reported.put(task.get("taskId").asText(), output);
            Thread.sleep(SLOWER_BY.toMillis());
            // On a busy machine the loop takes longer than that, and would stop at the first lost completion.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> workers.completed(AFTER) > done);
            call.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

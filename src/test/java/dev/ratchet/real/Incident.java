package dev.ratchet.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * conductor-oss/conductor#176: the service that an asynchronous task calls reports the task COMPLETED, and answers the
 * call. If Conductor handles the answer later, it writes its old copy of the task, IN_PROGRESS, over the completion.
 */
final class Incident implements AutoCloseable {
    static final String WORKFLOW = "incident";
    static final String BEFORE = "prepare";
    static final String ASYNC = "upload";
    static final String AFTER = "publish";

    /** When the service answers the call. */
    enum Answer {
        /** So late that every completion is lost. */
        LATE,
        /** When the workflow has ended, whose last task it is. */
        AFTER_THE_END,
        /** While it reports, about: what is lost depends on Conductor and its database. */
        MEANWHILE
    }

    private static final Duration MOMENT = Duration.ofMillis(20);

    private static final Duration SLOWER_BY = Duration.ofMillis(300);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Rest conductor;
    private final Workflows workflows;
    private final ExecutionLog executed;
    private final Answer answer;

    private Incident(HttpServer server, ConductorServer conductor, ExecutionLog executed, Answer answer) {
        this.server = server;
        this.conductor = new Rest(conductor.api());
        workflows = new Workflows(conductor);
        this.executed = executed;
        this.answer = answer;
    }

    /** @param executed by the workers for {@link #BEFORE} and {@link #AFTER}; the calls are added */
    static Incident start(ConductorServer conductor, ExecutionLog executed, Answer answer) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        Incident incident = new Incident(server, conductor, executed, answer);
        server.createContext("/", incident::serve);
        server.setExecutor(incident.threads);
        server.start();
        return incident;
    }

    /** A loop of so many iterations over a worker's task, the asynchronous one, and another worker's. */
    List<Map<String, Object>> loop(int iterations) {
        return List.of(Map.of(
                "name", "loop",
                "taskReferenceName", "loop",
                "type", "DO_WHILE",
                "loopCondition", "if ($.loop['iteration'] < %d) { true; } else { false; }".formatted(iterations),
                "loopOver", List.of(Workflows.simple(BEFORE), call(ASYNC), Workflows.simple(AFTER))));
    }

    /** The asynchronous task that calls the service. */
    Map<String, Object> call(String referenceName) {
        Map<String, Object> request = new HashMap<>();
        request.put("uri", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        request.put("method", "POST");
        request.put("contentType", "application/json");
        request.put("connectionTimeOut", 5_000);
        request.put("readTimeOut", 60_000);
        request.put("body", Map.of("taskId", "${CPEWF_TASK_ID}", "workflowId", "${workflow.workflowId}"));
        Map<String, Object> task = new HashMap<>();
        task.put("name", ASYNC);
        task.put("taskReferenceName", referenceName);
        task.put("type", "HTTP");
        task.put("asyncComplete", true);
        task.put("inputParameters", Map.of("http_request", request));
        return task;
    }

    private void serve(HttpExchange call) throws IOException {
        try (call) {
            JsonNode task = Rest.JSON.readTree(call.getRequestBody());
            String taskId = task.get("taskId").asText();
            String workflowId = task.get("workflowId").asText();
            Map<String, String> output = Map.of("file", "file of " + taskId);
            int turn = executed.add(new ExecutionLog.Done(taskId, workflowId, ASYNC, output));
            Map<String, Object> report = Map.of(
                    "workflowInstanceId", workflowId, "taskId", taskId, "status", "COMPLETED", "outputData", output);
            if (answer == Answer.MEANWHILE) {
                threads.execute(() -> conductor.untilTaken("/tasks", report));
                Thread.sleep(MOMENT.toMillis());
            } else {
                conductor.untilTaken("/tasks", report);
                Thread.sleep(SLOWER_BY.toMillis());
                // On a busy machine the loop takes longer than that, and would stop at the first lost completion.
                Awaitility.await()
                        .atMost(Duration.ofMinutes(5))
                        .until(() -> answer == Answer.LATE
                                ? executed.count(workflowId, AFTER) >= turn
                                : !workflows.status(workflowId).equals("RUNNING"));
            }
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

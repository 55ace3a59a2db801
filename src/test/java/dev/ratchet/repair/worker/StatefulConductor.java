package dev.ratchet.repair.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** As much of Conductor as repairs and audits need, over HTTP: heeds updates as Conductor does, and can be made to fail. */
public final class StatefulConductor implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What befalls a request. */
    public interface Fault {
        /** Instead of the answer that was made ready. */
        void befall(HttpExchange exchange, byte[] answer) throws Exception;
    }

    /** A row. Fields as in Conductor's JSON. */
    public static final class Row {
        public volatile String workflowId = "w1";
        public volatile String status = "IN_PROGRESS";
        public volatile long scheduledTime = 1_000;
        public volatile long startTime = 1_010;
        public volatile long endTime;
        public volatile int retryCount;
        public volatile int pollCount = 1;
        public volatile String output = "{}";
    }

    public final Map<String, Row> rows = new ConcurrentHashMap<>();
    public final Map<String, String> workflows = new ConcurrentHashMap<>(Map.of("w1", "RUNNING"));
    public final List<String> asked = new CopyOnWriteArrayList<>();

    /** The updates that did something. */
    public final List<String> effects = new CopyOnWriteArrayList<>();

    /** By what is asked, such as {@code GET /tasks/t1}. */
    public volatile Function<String, Optional<Fault>> fault = request -> Optional.empty();

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for each answer with a body
    }

    private HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private StatefulConductor() throws IOException {
        this.server = listen(0);
    }

    public static StatefulConductor start() throws IOException {
        return new StatefulConductor();
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.createContext("/api", this::answer);
        listening.setExecutor(threads);
        listening.start();
        return listening;
    }

    /** Stops listening. */
    public void goAway() {
        server.stop(0);
    }

    /** Listens again at the same address, with its rows. */
    public void comeBack() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api");
    }

    public Row holds(String taskId, String status) {
        Row row = new Row();
        row.status = status;
        rows.put(taskId, row);
        return row;
    }

    public long asked(String request) {
        return asked.stream().filter(request::equals).count();
    }

    public static Fault status(int status, String... header) {
        return (exchange, answer) -> {
            for (int i = 0; i < header.length; i += 2) {
                exchange.getResponseHeaders().add(header[i], header[i + 1]);
            }
            exchange.sendResponseHeaders(status, -1);
        };
    }

    static Fault saying(String body) {
        return (exchange, answer) -> send(exchange, 200, body.getBytes(UTF_8));
    }

    /** What is to be done is done, and nobody hears of it. */
    public static Fault silence() {
        return (exchange, answer) -> Thread.sleep(60_000);
    }

    static Fault half() {
        return (exchange, answer) -> {
            exchange.sendResponseHeaders(200, answer.length + 10);
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().flush();
            exchange.close(); // which breaks the connection, as bytes are missing
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api".length());
        String request = exchange.getRequestMethod() + " " + path;
        asked.add(request);
        Optional<Fault> befalls = fault.apply(request);
        try {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] answer = answer(exchange.getRequestMethod(), path, body);
            if (befalls.isPresent()) {
                befalls.get().befall(exchange, answer);
            } else {
                send(exchange, answer.length == 0 ? 404 : 200, answer.length == 0 ? notFound() : answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server ends
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] answer) throws IOException {
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
    }

    private static byte[] notFound() throws IOException {
        return json(Map.of("status", 404, "message", "No such task found", "instance", "vm", "retryable", false));
    }

    /** Nothing if it is not known. */
    private byte[] answer(String method, String path, byte[] body) throws IOException {
        if (path.startsWith("/workflow/decide/")) {
            return "ok".getBytes(UTF_8);
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        if (path.startsWith("/workflow/")) {
            String status = workflows.get(id);
            return status == null ? new byte[0] : json(Map.of("workflowId", id, "status", status));
        }
        return method.equals("POST") ? update(JSON.readTree(body)) : task(id);
    }

    private byte[] task(String id) throws IOException {
        Row row = rows.get(id);
        return row == null
                ? new byte[0]
                : json(Map.ofEntries(
                        Map.entry("taskId", id),
                        Map.entry("workflowInstanceId", row.workflowId),
                        Map.entry("workflowType", "loop"),
                        Map.entry("taskType", "HTTP"),
                        Map.entry("referenceTaskName", "ref_" + id),
                        Map.entry("status", row.status),
                        Map.entry("scheduledTime", row.scheduledTime),
                        Map.entry("startTime", row.startTime),
                        Map.entry("endTime", row.endTime),
                        Map.entry("retryCount", row.retryCount),
                        Map.entry("pollCount", row.pollCount),
                        Map.entry("workerId", "worker-1"),
                        Map.entry("outputData", JSON.readTree(row.output))));
    }

    private synchronized byte[] update(JsonNode update) {
        String id = update.get("taskId").asText();
        Row row = rows.get(id);
        if (row == null) {
            return new byte[0];
        }
        boolean live = row.status.equals("IN_PROGRESS") || row.status.equals("SCHEDULED");
        if (live && "RUNNING".equals(workflows.get(row.workflowId))) {
            row.status = update.get("status").asText();
            row.output = update.has("outputData") ? update.get("outputData").toString() : "{}";
            row.endTime = System.currentTimeMillis();
            effects.add(id + " " + row.status + " " + row.output);
        }
        return id.getBytes(UTF_8);
    }

    private static byte[] json(Map<String, ?> fields) throws IOException {
        return JSON.writeValueAsBytes(fields);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

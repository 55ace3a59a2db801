package dev.ratchet.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The part of Confluent's HTTP API that Ratchet needs, for processes that cannot share an in-memory registry. */
public final class HttpRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final Map<String, String> levels = new TreeMap<>();
    private final List<String> changes = new ArrayList<>();
    private boolean levelsAreRefused;
    private HttpServer server;

    private HttpRegistry() throws IOException {
        server = listen(0);
    }

    public static HttpRegistry start() throws IOException {
        return new HttpRegistry();
    }

    private HttpServer listen(int port) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.createContext("/", this::answer);
        listening.start();
        return listening;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Stops listening. */
    public void goAway() {
        server.stop(0);
    }

    /** Starts again at the same address with its schemas. */
    public void comeBack() throws IOException {
        server = listen(server.getAddress().getPort());
    }

    /** Answers 403 to requests that set compatibility levels. */
    synchronized void rejectLevels() {
        levelsAreRefused = true;
    }

    /** {@return the id} */
    public synchronized int register(String subject, String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, first -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
            changes.add("registered " + subject);
        }
        return id;
    }

    /** {@return registrations and level changes, in order} */
    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody());
        String method = exchange.getRequestMethod();
        if (levelsAreRefused && method.equals("PUT")) {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
            return;
        }
        Object answer = answer(method, exchange.getRequestURI().getPath(), body);
        byte[] bytes = JSON.writeValueAsString(answer == null ? Map.of("error_code", 40403, "message", "none") : answer)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** {@return null if it does not exist} */
    private synchronized @Nullable Object answer(String method, String path, JsonNode body) {
        String[] parts = path.substring(1).split("/", -1);
        String last = parts[parts.length - 1];
        if (method.equals("POST")) {
            String schema = body.get("schema").asText();
            if (last.equals("versions")) {
                return Map.of("id", register(parts[1], schema));
            }
            int id = schemas.indexOf(schema) + 1;
            return subjects.getOrDefault(parts[1], List.of()).contains(id) ? Map.of("id", id) : null;
        }
        if (parts[0].equals("config")) {
            if (method.equals("PUT")) {
                levels.put(last, body.get("compatibility").asText());
                changes.add("level of " + last);
                return body;
            }
            return parts.length == 1 || levels.containsKey(last)
                    ? Map.of("compatibilityLevel", levels.getOrDefault(last, "BACKWARD"))
                    : null;
        }
        if (parts[0].equals("schemas")) {
            return schema(Integer.parseInt(last));
        }
        List<Integer> versions = subjects.get(parts[1]);
        if (versions == null) {
            return null;
        }
        if (last.equals("versions")) {
            return versions.stream().map(id -> versions.indexOf(id) + 1).toList();
        }
        int version = last.equals("latest") ? versions.size() : Integer.parseInt(last);
        return schema(versions.get(version - 1));
    }

    private @Nullable Object schema(int id) {
        return id < 1 || id > schemas.size() ? null : Map.of("id", id, "schema", schemas.get(id - 1));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.ratchet.conductor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/** Conductor's REST API over HTTP. */
public final class HttpConductorClient implements ConductorClient {
    private interface Parser<T> {
        T parse(byte[] body) throws IOException;
    }

    private final ConductorHttp http;
    private final int maxOutputBytes;

    /** @param maxOutputBytes a task's larger output is left out */
    public HttpConductorClient(ConductorEndpoint endpoint, int maxOutputBytes) {
        http = new ConductorHttp(endpoint);
        this.maxOutputBytes = maxOutputBytes;
    }

    @Override
    public Optional<ConductorTask> task(String taskId) {
        return get("/tasks/" + encoded(taskId), body -> ConductorResponseReader.task(body, maxOutputBytes));
    }

    @Override
    public Optional<ConductorWorkflow> workflow(String workflowId) {
        return get("/workflow/" + encoded(workflowId) + "?includeTasks=false", ConductorResponseReader::workflow);
    }

    @Override
    public void update(TaskUpdate update) {
        http.send(
                        "POST",
                        "/tasks",
                        BodyPublishers.ofByteArray(TaskResult.of(update).toJson()))
                .bodyOrThrow();
    }

    @Override
    public void decide(String workflowId) {
        http.send("PUT", "/workflow/decide/" + encoded(workflowId), BodyPublishers.noBody())
                .bodyOrThrow();
    }

    private <T> Optional<T> get(String path, Parser<T> parser) {
        ConductorResponse answer = http.send("GET", path, BodyPublishers.noBody());
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(answer.bodyOrThrow()));
        } catch (IOException e) {
            throw new ConductorUnavailableException(answer + ", but unreadable: " + e.getMessage(), Scope.REQUEST, e);
        }
    }

    /** Encodes an id as one path segment, {@code .} and {@code ..} included. */
    private static String encoded(String id) {
        String encoded = URLEncoder.encode(id, UTF_8).replace("+", "%20");
        return encoded.matches("\\.+") ? encoded.replace(".", "%2E") : encoded;
    }
}

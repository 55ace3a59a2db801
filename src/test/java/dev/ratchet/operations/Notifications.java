package dev.ratchet.operations;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Posts notifications of tasks as Conductor does. */
final class Notifications {
    private static final String TASKS = "/conductor/tasks";

    private final Watched run;

    Notifications(Watched run) {
        this.run = run;
    }

    /** {@return the HTTP status} */
    int post(String path, String task) throws IOException {
        return run.send(request(path, task).build()).statusCode();
    }

    int postWithToken(String token) throws IOException {
        return run.send(request(TASKS, "foreign")
                        .setHeader("Authorization", "Bearer " + token)
                        .build())
                .statusCode();
    }

    /** Posts that many at the same time. {@return the HTTP statuses} */
    List<Integer> burst(int count) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<HttpResponse<Void>>> posted = IntStream.range(0, count)
                .mapToObj(i -> client.sendAsync(request(TASKS, "burst-" + i).build(), BodyHandlers.discarding()))
                .toList();
        return posted.stream().map(one -> one.join().statusCode()).toList();
    }

    private HttpRequest.Builder request(String path, String task) {
        return run.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"taskId\":\"%s\",\"status\":\"SCHEDULED\",\"scheduledTime\":\"%s\"}"
                        .formatted(task, "2026-01-01T15:03:37.318Z")));
    }
}

package dev.ratchet.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.http.Endpoint;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.Json;
import dev.ratchet.http.JsonResponse;
import dev.ratchet.http.Parameter;
import dev.ratchet.http.RequestRejectedException;
import dev.ratchet.stream.runtime.TaskQueries;
import dev.ratchet.stream.runtime.TaskQueries.Answer;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TextLimits;
import dev.ratchet.task.deadline.TrackedTask;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** {@code GET /api/v1/tasks/{id}}: one task, wherever its state is, and whether it has reached a status. */
final class TaskEndpoint implements Handler, AutoCloseable {
    static final int MOST_REQUESTS = 1_000;
    private static final int OK = 200;
    private static final Set<Integer> ERRORS = Set.of(400, 401, 404, 503);
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Parameter<String> ID = Parameter.path("id", "Conductor's task id.", TextLimits.ID);
    private static final Parameter<TaskStatus> AT_LEAST = Parameter.oneOf(
            "atLeast",
            "Asks for a receipt: whether the current status is this one, or beyond it. A terminal status is reached by"
                    + " itself only.",
            TaskStatus.class,
            null);
    private static final Parameter<Duration> WAIT = Parameter.duration(
            "wait",
            "How long to wait until the answer to 'atLeast' is definite; also for a task that is not known yet.",
            MAX_WAIT,
            "0s");

    static final Endpoint ENDPOINT = Endpoint.get(
                    "/api/v1/tasks/{id}",
                    "A task: its current and last reported status, what became of its events, alerts and repair.",
                    TaskView.class)
            .with(ID, AT_LEAST, WAIT)
            .with(404, "There is no such task: no event of it was read, or its retention time is over.")
            .with(
                    503,
                    "The task cannot be read now: partitions are moving or being restored, their instance does not"
                            + " answer, or too many requests wait. Try again after Retry-After seconds.");

    private final Queries queries;
    private final InstanceClient instances;
    private final StatusWaits waits = new StatusWaits();
    private final WaitLimit limit = new WaitLimit(MOST_REQUESTS, "requests that wait for a task");

    TaskEndpoint(Queries queries, InstanceClient instances) {
        this.queries = queries;
        this.instances = instances;
    }

    private record Request(
            String taskId,
            Optional<TaskStatus> atLeast,
            Duration patience,
            String path,
            Optional<String> authorization) {
        static Request of(Context ctx) {
            Optional<TaskStatus> atLeast = AT_LEAST.find(ctx);
            Duration patience = WAIT.get(ctx);
            if (atLeast.isEmpty() && !patience.isZero()) {
                throw RequestRejectedException.badRequest("Expected atLeast with wait, but got wait alone");
            }
            return new Request(
                    ID.get(ctx),
                    atLeast,
                    patience,
                    Queries.path(ctx),
                    Optional.ofNullable(ctx.header("Authorization")));
        }
    }

    @Override
    public void handle(Context ctx) {
        Request request = Request.of(ctx);
        TaskQueries stream = queries.get();
        boolean isForwarded = ctx.header(InstanceClient.HOP) != null;
        Answer<Optional<TrackedTask>> found = stream.find(request.taskId());
        boolean isDecided = request.patience().isZero()
                || StatusWaits.isDecided(request.atLeast().orElseThrow(), found);
        CompletableFuture<Answer<Optional<TrackedTask>>> answer = isDecided
                ? CompletableFuture.completedFuture(found)
                : limit.run(() ->
                        waits.await(stream, request.taskId(), request.atLeast().orElseThrow(), request.patience()));
        JsonResponse.writeLater(ctx, () -> answer.thenCompose(known -> respond(request, known, isForwarded)));
    }

    private CompletableFuture<JsonResponse> respond(
            Request request, Answer<Optional<TrackedTask>> answer, boolean isForwarded) {
        return answer.fold(
                task -> CompletableFuture.completedFuture(describe(request, task)),
                owner -> isForwarded
                        ? CompletableFuture.completedFuture(unreadable("the task's partition is moving to " + owner))
                        : forward(request, owner),
                reason -> CompletableFuture.completedFuture(unreadable(reason)));
    }

    private static JsonResponse describe(Request request, Optional<TrackedTask> task) {
        return task.map(known -> JsonResponse.ok(TaskViews.of(known, request.atLeast())))
                .orElseGet(() -> JsonResponse.of(ErrorResponse.refused(
                        404, "Expected a task that Ratchet knows, but got '" + request.taskId() + "'")));
    }

    private CompletableFuture<JsonResponse> forward(Request request, String owner) {
        return limit.run(() -> instances
                .get(owner, request.path(), request.authorization(), request.patience())
                .thenApply(reply -> isOfAnInstance(reply)
                        ? reply
                        : JsonResponse.of(InstanceClient.unreachable(
                                owner, new IOException("something else listens there, status " + reply.status()))))
                .exceptionally(failure -> JsonResponse.of(InstanceClient.unreachable(owner, failure))));
    }

    /** The address of an instance that has ended may be another program's: its 404 does not say that a task is unknown. */
    private static boolean isOfAnInstance(JsonResponse reply) {
        try {
            JsonNode body = Json.read(reply.json(), JsonNode.class);
            return (ERRORS.contains(reply.status()) && body.path("error").isTextual())
                    || (reply.status() == OK && body.path("taskId").isTextual());
        } catch (UncheckedIOException noJson) {
            return false;
        }
    }

    private static JsonResponse unreadable(String reason) {
        return JsonResponse.of(Queries.unreadable(reason));
    }

    @Override
    public void close() {
        waits.close();
    }
}

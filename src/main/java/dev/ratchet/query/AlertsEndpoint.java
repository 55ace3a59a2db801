package dev.ratchet.query;

import dev.ratchet.http.Endpoint;
import dev.ratchet.http.Json;
import dev.ratchet.http.JsonResponse;
import dev.ratchet.http.Parameter;
import dev.ratchet.stream.runtime.TaskQueries;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.AlertKind;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * {@code GET /api/v1/alerts}: what is wrong now, on all instances. If an instance does not answer, the others' alerts are
 * shown, and which partitions are missing: at night, most of the list is of more use than none.
 */
final class AlertsEndpoint implements Handler {
    private static final int OK = 200;
    private static final int MOST_REQUESTS = 16;

    private static final Parameter<AlertKind> KIND =
            Parameter.oneOf("kind", "Only of this kind.", AlertKind.class, null);
    private static final Parameter<String> TASK_TYPE =
            Parameter.text("taskType", "Only of tasks of this type.", TextLimits.NAME);
    private static final Parameter<Duration> MIN_AGE =
            Parameter.duration("minAge", "Only alerts that have been open for so long.", Duration.ofDays(3_650), "0s");

    static final Endpoint ENDPOINT = Endpoint.get(
                    "/api/v1/alerts", "What is wrong now: the open alerts, oldest first.", AlertPage.class)
            .with(RecordsEndpoint.LIMIT, AlertCursor.PARAMETER, KIND, TASK_TYPE, RecordsEndpoint.WORKFLOW, MIN_AGE)
            .with(
                    503,
                    "No partition can be read now, or too many such requests are in progress. Try again after"
                            + " Retry-After seconds. If only some partitions cannot be read, the status is 200, and"
                            + " 'missing' names them.");

    private final Queries queries;
    private final InstanceClient instances;
    private final Executor threads;
    private final WaitLimit limit = new WaitLimit(MOST_REQUESTS, "lists of alerts");

    AlertsEndpoint(Queries queries, InstanceClient instances, Executor threads) {
        this.queries = queries;
        this.instances = instances;
        this.threads = threads;
    }

    @Override
    public void handle(Context ctx) {
        AlertSelection.Query query = new AlertSelection.Query(
                KIND.find(ctx),
                TASK_TYPE.find(ctx),
                RecordsEndpoint.WORKFLOW.find(ctx),
                Instant.now().minus(MIN_AGE.get(ctx)),
                AlertCursor.PARAMETER.find(ctx),
                RecordsEndpoint.LIMIT.get(ctx));
        TaskQueries stream = queries.get();
        boolean isForwarded = ctx.header(InstanceClient.HOP) != null;
        String path = Queries.path(ctx);
        Optional<String> authorization = Optional.ofNullable(ctx.header("Authorization"));
        CompletableFuture<JsonResponse> response = limit.run(() -> {
            CompletableFuture<AlertPage> here =
                    CompletableFuture.supplyAsync(() -> AlertSelection.here(stream, query), threads);
            return isForwarded
                    ? here.thenApply(JsonResponse::ok)
                    : new FanOut(stream, query).ask(path, authorization).join(here);
        });
        JsonResponse.writeLater(ctx, () -> response);
    }

    /** One request to each of the other instances. */
    private final class FanOut {
        private final TaskQueries stream;
        private final AlertSelection.Query query;
        private final List<CompletableFuture<Part>> asked = new ArrayList<>();

        FanOut(TaskQueries stream, AlertSelection.Query query) {
            this.stream = stream;
            this.query = query;
        }

        FanOut ask(String path, Optional<String> authorization) {
            stream.others()
                    .forEach((instance, partitions) -> asked.add(instances
                            .get(instance, path, authorization, Duration.ZERO)
                            .thenApply(reply ->
                                    read(instance, partitions.stream().sorted().toList(), reply))
                            .exceptionally(failure -> new Part(
                                    Optional.empty(),
                                    partitions.stream().sorted().toList(),
                                    "instance " + instance + " does not answer: " + InstanceClient.reason(failure)))));
            return this;
        }

        CompletableFuture<JsonResponse> join(CompletableFuture<AlertPage> here) {
            return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                    .thenCombine(here, (all, own) -> respond(own));
        }

        private JsonResponse respond(AlertPage own) {
            List<AlertPage> pages = new ArrayList<>(List.of(own));
            List<AlertPage.Missing> unanswered = new ArrayList<>();
            for (CompletableFuture<Part> one : asked) {
                Part part = one.join(); // which is complete
                part.page()
                        .ifPresentOrElse(
                                pages::add,
                                () -> unanswered.add(new AlertPage.Missing(part.partitions(), part.failure())));
            }
            AlertPage page = AlertSelection.join(query, pages, unanswered, stream.partitions());
            return page.partitions().isEmpty()
                    ? JsonResponse.of(Queries.unreadable(page.missing().stream()
                            .map(missing -> "partitions " + missing.partitions() + ": " + missing.reason())
                            .collect(Collectors.joining("; "))))
                    : JsonResponse.ok(page);
        }
    }

    /** What another instance answered. */
    private record Part(Optional<AlertPage> page, List<Integer> partitions, String failure) {}

    private static Part read(String instance, List<Integer> partitions, JsonResponse reply) {
        if (reply.status() != OK) {
            return new Part(Optional.empty(), partitions, "instance " + instance + " answered " + reply.status());
        }
        try {
            return new Part(Optional.of(Json.read(reply.json(), AlertPage.class)), partitions, "");
        } catch (UncheckedIOException e) { // another program listens there, or another version
            return new Part(Optional.empty(), partitions, "instance " + instance + " answered something else");
        }
    }
}

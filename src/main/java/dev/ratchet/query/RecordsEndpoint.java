package dev.ratchet.query;

import dev.ratchet.http.Endpoint;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.JsonResponse;
import dev.ratchet.http.Parameter;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.http.RequestRejectedException;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.inspect.NoSuchTopicException;
import dev.ratchet.inspect.RatchetTopic;
import dev.ratchet.inspect.RecentRecords;
import dev.ratchet.inspect.RecordFilter;
import dev.ratchet.inspect.TopicRecord;
import dev.ratchet.task.RejectionReason;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.RepairOutcome;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/** A list of recent records of one topic, newest first. Reads the topic at each request. */
final class RecordsEndpoint implements Handler {
    static final Parameter<Integer> LIMIT = Parameter.number("limit", "Maximum length of the page.", 1, 1_000, 100);
    static final Parameter<String> WORKFLOW =
            Parameter.text("workflowId", "Only of this workflow execution.", TextLimits.ID);
    private static final Parameter<String> TASK = Parameter.text("taskId", "Only of this task.", TextLimits.ID);
    private static final Parameter<Duration> SINCE = Parameter.duration(
            "since",
            "Only records that are not older. Without it, all that the topic has.",
            Duration.ofDays(3_650),
            "");

    private static final Parameter<RejectionReason> REASON =
            Parameter.oneOf("reason", "Only with this reason.", RejectionReason.class, null);
    private static final Parameter<RepairOutcome> RESULT =
            Parameter.oneOf("result", "Only with this result.", RepairOutcome.class, null);
    private static final Parameter<DeadLetterCategory> CATEGORY =
            Parameter.oneOf("category", "Only of this category.", DeadLetterCategory.class, null);

    static final Endpoint REJECTIONS =
            list("/api/v1/rejections", "Recent rejections, newest first.", TASK, WORKFLOW, REASON);
    static final Endpoint REPAIRS = list(
            "/api/v1/repairs",
            "Recent results of repairs, newest first. What is not repaired is in the list of alerts, with kind"
                    + " LOST_UPDATE.",
            TASK,
            RESULT);
    static final Endpoint DEAD_LETTERS =
            list("/api/v1/dead-letters", "Recent dead letters, newest first.", TASK, CATEGORY);

    private final RatchetTopic topic;
    private final RecentRecords records;
    private final WaitLimit limit;
    private final Executor threads;
    private final Parameter<? extends Enum<?>> kind;

    private RecordsEndpoint(
            RatchetTopic topic,
            Parameter<? extends Enum<?>> kind,
            RecentRecords records,
            WaitLimit limit,
            Executor threads) {
        this.topic = topic;
        this.kind = kind;
        this.records = records;
        this.limit = limit;
        this.threads = threads;
    }

    /** Adds the routes of all three lists. */
    static void addTo(
            RoutesConfig routes,
            RequestAuthenticator authenticator,
            RecentRecords records,
            WaitLimit limit,
            Executor threads) {
        REJECTIONS.addTo(
                routes, authenticator, new RecordsEndpoint(RatchetTopic.REJECTIONS, REASON, records, limit, threads));
        REPAIRS.addTo(
                routes,
                authenticator,
                new RecordsEndpoint(RatchetTopic.REPAIR_RESULTS, RESULT, records, limit, threads));
        DEAD_LETTERS.addTo(
                routes,
                authenticator,
                new RecordsEndpoint(RatchetTopic.DEAD_LETTERS, CATEGORY, records, limit, threads));
    }

    private static Endpoint list(String path, String summary, Parameter<?>... filters) {
        return Endpoint.get(path, summary, RecordsPage.class)
                .with(LIMIT, RecordsCursor.PARAMETER, SINCE)
                .with(filters)
                .with(404, "The topic does not exist.")
                .with(
                        503,
                        "Kafka or the registry does not answer, or two requests read topics already. Try again after"
                                + " Retry-After seconds.");
    }

    @Override
    public void handle(Context ctx) {
        int most = LIMIT.get(ctx);
        RecordFilter filter = new RecordFilter(
                TASK.find(ctx).orElse(""),
                WORKFLOW.find(ctx).orElse(""),
                kind.find(ctx).map(Enum::name).orElse(""));
        Instant since = SINCE.find(ctx).map(Instant.now()::minus).orElse(Instant.EPOCH);
        RecentRecords.Query<RecordView> query = new RecentRecords.Query<>(
                topic,
                most,
                RecordsCursor.PARAMETER.find(ctx).orElse(Map.of()),
                since,
                record -> Optional.of(record).filter(selection(filter)).map(RecordView::of));
        CompletableFuture<JsonResponse> response =
                limit.run(() -> CompletableFuture.supplyAsync(() -> read(query), threads));
        JsonResponse.writeLater(ctx, () -> response);
    }

    /** Audits have results on the same topic, and so have requests of people. */
    private Predicate<TopicRecord> selection(RecordFilter filter) {
        return topic == RatchetTopic.REPAIR_RESULTS
                ? record -> record.value().path("finding").isNull()
                        && !record.text("result").endsWith("_REQUESTED")
                        && filter.matches(record)
                : filter::matches;
    }

    private JsonResponse read(RecentRecords.Query<RecordView> query) {
        try {
            RecentRecords.Page<RecordView> page = records.read(query);
            return JsonResponse.ok(new RecordsPage(page.records(), RecordsCursor.write(page.next())));
        } catch (NoSuchTopicException e) {
            return JsonResponse.of(ErrorResponse.refused(404, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            throw RequestRejectedException.badRequest(String.valueOf(e.getMessage()));
        } catch (KafkaException e) { // RegistryException is one
            return JsonResponse.of(
                    ErrorResponse.refused(503, "Expected to read the topic, but failed: " + e.getMessage()));
        }
    }
}

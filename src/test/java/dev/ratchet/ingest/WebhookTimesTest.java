package dev.ratchet.ingest;

import static dev.ratchet.ingest.Read.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.webhook.WebhookReader;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notification is ordered by its times: one whose times give no order is refused. */
class WebhookTimesTest {
    private static final List<String> TIMES = List.of("scheduledTime", "startTime", "updateTime", "endTime");
    private static final String NONE = "1970-01-01T00:00:00.000Z";
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00.000999Z");

    private final ObjectNode task = Read.json("""
        {'workflowId':'w-1','scheduledTime':'2026-11-22T15:03:37.318Z','startTime':'2026-11-22T15:03:38.000Z',
         'updateTime':'2026-11-22T15:03:39.000Z','endTime':'2026-11-22T15:03:40.000Z','status':'COMPLETED',
         'taskId':'t-1'}""");

    @ParameterizedTest
    @ValueSource(strings = {"null", "0", "'0'", "'" + NONE + "'"})
    void notificationWithoutTimesIsUnreadable(String none) {
        String error =
                "Expected one of scheduledTime, startTime, updateTime and endTime to be set, but got none of them";
        recorded(with(task, it -> it.remove(TIMES))).isUnreadable(error);
        TIMES.forEach(field -> task.set(field, Read.json("{'is':" + none + "}").get("is")));
        recorded(task).isUnreadable(error);
        live(task).isUnreadable(error);
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void eachTimeSuffices(String field) {
        TIMES.forEach(other -> task.put(other, NONE));
        task.put(field, "2026-11-22T16:00:00.005Z");
        assertThat(recorded(task).event().sequence()).isEqualTo(1_795_363_200_005L);
        assertThat(live(task).event().sequence()).isEqualTo(1_795_363_200_005L);
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void negativeTimeIsUnreadable(String field) {
        String expected = "Expected " + field + " to be 1970 or later, in ms, but got ";
        recorded(with(task, it -> it.put(field, -1))).isUnreadable(expected + "-1");
        recorded(with(task, it -> it.put(field, "-1"))).isUnreadable(expected + "'-1'");
        live(task.put(field, "1969-12-31T23:59:59.999Z")).isUnreadable(expected + "'1969-12-31T23:59:59.999Z'");
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void recordedTimeMayBeOldButNotAfter2100(String field) {
        String expected = "Expected " + field
                + " to be 0 for none, or from 1970-01-01T00:00:00Z to 2100-01-01T00:00:00Z, but got ";
        for (String time : List.of("1970-01-01T00:00:00.001Z", "2100-01-01T00:00:00.000Z", NONE)) {
            recorded(with(task, it -> it.put(field, time))).event();
        }
        for (String time : List.of("2100-01-01T00:00:00.001Z", "9999-12-31T23:59:59.999Z")) {
            recorded(with(task, it -> it.put(field, time))).isUnreadable(expected + "'" + time + "'");
        }
        long micros = 1_795_359_820_000_000L;
        recorded(with(task, it -> it.put(field, micros))).isUnreadable(expected + micros);
        recorded(with(task, it -> it.put(field, Long.MAX_VALUE))).isUnreadable(expected + Long.MAX_VALUE);
    }

    @ParameterizedTest
    @FieldSource("TIMES")
    void liveTimeMustBeBetween2015AndTomorrow(String field) {
        String expected = "Expected " + field
                + " to be 0 for none, or from 2015-01-01T00:00:00Z to 2026-11-23T16:00:00Z, but got ";
        for (String time : List.of("2015-01-01T00:00:00Z", "2026-11-23T16:00:00.000Z", NONE)) {
            live(with(task, it -> it.put(field, time))).event();
        }
        for (String time : List.of("2014-12-31T23:59:59.999Z", "2026-11-23T16:00:00.001Z")) {
            live(with(task, it -> it.put(field, time))).isUnreadable(expected + "'" + time + "'");
        }
        long seconds = 1_795_359_820L;
        live(with(task, it -> it.put(field, seconds))).isUnreadable(expected + seconds);
    }

    @Test
    void upperBoundFollowsClock() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        WebhookReader reader = new WebhookReader(now::get);
        String ahead = task.put("endTime", "2026-11-24T00:00:00Z").toString();
        assertThat(Read.by(reader, ahead).kind()).isEqualTo(Reading.Unreadable.class);
        now.set(Instant.parse("2026-11-23T00:00:00Z"));
        Read.by(reader, ahead).event();
    }

    @Test
    void timesOfRecordedRequestAreChecked() {
        ObjectNode request = Read.json("{'t':1,'url':'/conductor/tasks'}");
        recorded(request.put("body", task.put("endTime", -1).toString()))
                .isUnreadable("Expected endTime to be 1970 or later, in ms, but got -1");
    }

    @Test
    void liveBodyFieldIsNotReadAsNotification() {
        live(Read.json("{'url':'/conductor/tasks'}").put("body", task.toString()))
                .isUnreadable("Expected a task's status, but got JSON without taskId");
        assertThat(live(task.put("body", "{\"taskId\":\"other\",\"status\":\"FAILED\"}"))
                        .event()
                        .task()
                        .taskId())
                .isEqualTo("t-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retryCount", "pollCount"})
    void negativeCountIsUnreadable(String field) {
        live(with(task, it -> it.put(field, -5))).isUnreadable("Expected " + field + " to be 0 or more, but got -5");
        live(with(task, it -> it.putNull(field))).event();
    }

    private static Read recorded(JsonNode task) {
        return Read.by(new WebhookReader(), task.toString());
    }

    private static Read live(JsonNode task) {
        return Read.by(new WebhookReader(InstantSource.fixed(NOW)), task.toString());
    }
}

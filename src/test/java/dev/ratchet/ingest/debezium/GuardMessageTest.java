package dev.ratchet.ingest.debezium;

import static dev.ratchet.ingest.Read.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.Change;
import dev.ratchet.ingest.Read;
import dev.ratchet.ingest.Reading;
import dev.ratchet.task.RefusedWrite;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardMessageTest {
    private static final String CONTENT = """
            {"taskId":"t-1","workflowInstanceId":"w-1","workflowType":"übung","taskType":"HTTP",
             "referenceTaskName":"upload__3","status":"COMPLETED","endTime":9000,"refusedStatus":"IN_PROGRESS"}""";

    private static final RefusedWrite WRITE = new RefusedWrite(
            new TaskIdentity("t-1", "w-1", "übung", "HTTP", "upload__3"),
            TaskStatus.COMPLETED,
            TaskStatus.IN_PROGRESS,
            95_086_312);

    @Test
    void refusedWriteIsRead() {
        assertThat(read(message(CONTENT))).isEqualTo(new Reading.Refused(WRITE));
        assertThat(new DebeziumReader(1_000).read(bytes(message(CONTENT).toString())))
                .extracting(reading -> ((Reading.Refused) reading).write().sequence())
                .isEqualTo(95_087_312L);
    }

    @Test
    void missingNamesAreEmpty() {
        assertThat(read(message("""
                {"taskId":"t-1","workflowType":null,"status":"FAILED","refusedStatus":"SCHEDULED"}""")))
                .isEqualTo(new Reading.Refused(new RefusedWrite(
                        new TaskIdentity("t-1", "", "", "", ""), TaskStatus.FAILED, TaskStatus.SCHEDULED, 95_086_312)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratchet-heartbeat", "ratchet.guard2", "Ratchet.guard", ""})
    void otherMessagesAreIgnored(String prefix) {
        assertThat(read(with(
                        message("no JSON"),
                        change -> change.withObjectProperty("message").put("prefix", prefix))))
                .isEqualTo(new Reading.Nothing("logical message"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "|Expected the guard's message to be JSON, but got nothing",
                "{|Expected the guard's message to be JSON, but got truncated JSON: it ends at column 2",
                "[]|Expected a task as a JSON object, but got an array",
                "{}|Expected a task's status, but got JSON without taskId",
                "{\"taskId\":\"t-1\"}|Expected a task's status, but got JSON without status",
                "{\"taskId\":\"t-1\",\"status\":\"FAILED\"}|Expected a task's status, but got JSON without status",
                "{\"taskId\":\"t-1\",\"status\":\"FAILED\",\"refusedStatus\":\"SKIPPED\"}|Expected the guard to keep an end from being taken back, but got FAILED and SKIPPED",
                "{\"taskId\":\"t-1\",\"status\":\"SCHEDULED\",\"refusedStatus\":\"SCHEDULED\"}|Expected the guard to keep an end from being taken back, but got SCHEDULED and SCHEDULED",
            })
    void invalidGuardMessageIsUnreadable(String content, String error) {
        Read.by(new DebeziumReader(0), message(content == null ? "" : content).toString())
                .isUnreadable(error);
    }

    @Test
    void incompleteOrOversizedMessageIsUnreadable() {
        ObjectNode whole = message(CONTENT);
        Read.by(
                        new DebeziumReader(0),
                        with(whole, change -> change.remove("source")).toString())
                .isUnreadable("Expected source.lsn, a PostgreSQL log position, but got a change without it");
        thenUnreadable("!!", "Expected message.content to be base64, but got something else");
        Read.by(new DebeziumReader(0), message(" ".repeat(16_385)).toString())
                .isUnreadable("Expected a message of the guard of at most 16384 bytes, but got 16385 bytes");
        Read.by(
                        new DebeziumReader(0),
                        with(
                                        whole,
                                        change -> change.withObjectProperty("message")
                                                .put("content", 7))
                                .toString())
                .isUnreadable("Expected message.content to be base64, but got 7");
    }

    @Test
    void randomBytesYieldReading() {
        Random random = new Random(176);
        byte[] whole = bytes(CONTENT);
        for (int round = 0; round < 10_000; round++) {
            byte[] turned = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int turns = random.nextInt(4); turns > 0 && turned.length > 0; turns--) {
                turned[random.nextInt(turned.length)] = (byte) random.nextInt(256);
            }
            assertThat(read(message(turned))).isNotInstanceOf(Reading.Event.class);
        }
    }

    private static void thenUnreadable(String base64, String error) {
        Reading reading = read(with(
                message(CONTENT), change -> change.withObjectProperty("message").put("content", base64)));
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        assertThat(((Reading.Unreadable) reading).error()).startsWith(error);
    }

    private static ObjectNode message(String content) {
        return message(bytes(content));
    }

    /** As Debezium delivers it. */
    private static ObjectNode message(byte[] content) {
        ObjectNode change = with(Change.of("m", Change.task()), it -> {
            it.remove("before");
            it.remove("after");
        });
        change.putObject("message")
                .put("prefix", "ratchet.guard")
                .put("content", Base64.getEncoder().encodeToString(content));
        return change;
    }

    private static Reading read(ObjectNode record) {
        return new DebeziumReader(0).read(bytes(record.toString()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

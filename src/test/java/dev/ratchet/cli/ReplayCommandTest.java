package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ReplayCommandTest {
    private static final List<String> KEYS = List.of(
            "line",
            "outcome",
            "taskId",
            "referenceTaskName",
            "epoch",
            "sequence",
            "revision",
            "status",
            "previousStatus",
            "correction",
            "reason",
            "standing",
            "error");

    @Test
    void eachInputLineYieldsOutputLineWithAllKeysInOrder() {
        List<JsonNode> lines = replay(
                "",
                "null",
                "\r",
                "{",
                "7",
                "{}",
                event("COMPLETED", 3),
                event("COMPLETED", 3),
                event("IN_PROGRESS", 5),
                event("COMPLETED", 6),
                event("DONE", 7));
        assertThat(lines)
                .allSatisfy(line -> assertThat(line.fieldNames()).toIterable().containsExactlyElementsOf(KEYS));
        assertThat(lines)
                .extracting(line -> line.get("line").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(lines)
                .extracting(line -> line.get("outcome").asText())
                .containsExactly(
                        "ignored",
                        "ignored",
                        "ignored",
                        "undecodable",
                        "undecodable",
                        "undecodable",
                        "accepted",
                        "rejected",
                        "rejected",
                        "unchanged",
                        "undecodable");
    }

    /** As in {@code tail -f recording | ratchet replay -}. */
    @Test
    void lineOfAPipeIsPrintedWhileThePipeStaysOpen() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CommandLine command = RatchetCommand.commandLine(new NoLauncher(), new DemoJarHint(), out);
        command.setErr(new PrintWriter(new StringWriter()));
        Thread replay = new Thread(() -> command.execute("replay", "--format", "native", "-"));
        InputStream before = System.in;
        try (PipedOutputStream pipe = new PipedOutputStream()) {
            System.setIn(new PipedInputStream(pipe));
            replay.start();
            pipe.write(bytes(event("SCHEDULED", 1) + "\n"));
            pipe.flush();
            await().untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("\"outcome\":\"accepted\"")
                    .endsWith("}\n"));
            assertThat(replay.isAlive()).isTrue();
        } finally {
            System.setIn(before);
        }
        replay.join(10_000);
        assertThat(replay.isAlive()).isFalse();
    }

    @Test
    void forgedAuditEventIsUndecodable() {
        String forged = event("IN_PROGRESS", 3).replaceFirst("\\{", "{\"source\":\"AUDIT\",");
        JsonNode line = replay(event("COMPLETED", 3), forged).get(1);
        assertThat(line.get("outcome").asText()).isEqualTo("undecodable");
        assertThat(line.get("error").asText())
                .isEqualTo("Expected source to be NATIVE or WEBHOOK on the events topic, but got AUDIT:"
                        + " it has a topic of its own");
    }

    @Test
    void recordingInAnotherFormatExitsWith2() {
        CommandResult wrong =
                CommandResult.replayOf("native", bytes("{\"a\":1}\n{\"b\":2}")).thenExits(2);
        assertThat(wrong.outLines()).hasSize(2);
        assertThat(wrong.errLines())
                .last()
                .isEqualTo("Expected --format to fit the recording, but no line of it can be read in format native.");
        CommandResult.replayOf("native", bytes("{}\n" + event("COMPLETED", 3))).thenExits(0);
    }

    @Test
    void outcomeOfEachEventIsPrinted() {
        assertThat(replay(event("SCHEDULED", 1), event("COMPLETED", 3), event("IN_PROGRESS", 4)))
                .extracting(JsonNode::toString)
                .containsExactly(
                        line(1, "'accepted'", 1, 1, "'SCHEDULED'", "null,'correction':false", "null", "'SCHEDULED'"),
                        line(
                                2,
                                "'accepted'",
                                3,
                                2,
                                "'COMPLETED'",
                                "'SCHEDULED','correction':false",
                                "null",
                                "'COMPLETED'"),
                        line(
                                3,
                                "'rejected'",
                                4,
                                2,
                                "'IN_PROGRESS'",
                                "null,'correction':null",
                                "'BACKWARD_TRANSITION'",
                                "'COMPLETED'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'retryCount':0 | Expected one of scheduledTime, startTime, updateTime and endTime to be set, but got none of them
            'endTime':'9999-12-31T23:59:59.999Z' | Expected endTime to be 0 for none, or from 1970-01-01T00:00:00Z to 2100-01-01T00:00:00Z, but got '9999-12-31T23:59:59.999Z'
            'updateTime':-1 | Expected updateTime to be 1970 or later, in ms, but got -1
            'endTime':7,'workflowId':' ' | Expected workflowId to be an id, but got ' '
            """)
    void invalidNotificationIsExplained(String fields, String error) {
        String notification = "{'taskId':'t','status':'COMPLETED'," + fields + "}";
        assertThat(errors("webhook", notification.replace('\'', '"'))).containsExactly(error);
    }

    @Test
    void controlCharacterInIdIsReportedInEveryFormat() {
        String task = "\"taskId\":\"t\\u0000\",\"status\":\"COMPLETED\",\"sequence\":1,\"endTime\":7";
        String row = "{\"op\":\"u\",\"after\":{\"task_id\":\"t\\u0000\",\"json_data\":\"{}\"},\"source\":{\"lsn\":1}}";
        String error = " to be an id without control characters or unpaired surrogates, but got 't\\u0000'";
        assertThat(errors("webhook", "{" + task + "}")).containsExactly("Expected taskId" + error);
        assertThat(errors("native", "{" + task + "}")).containsExactly("Expected taskId" + error);
        assertThat(errors("debezium", row)).containsExactly("Expected after.task_id" + error);
    }

    @Test
    void oldRecordedNotificationIsAccepted() {
        String old = "{\"taskId\":\"t\",\"status\":\"COMPLETED\",\"endTime\":\"1971-01-01T00:00:00.000Z\"}";
        assertThat(CommandResult.replayOf("webhook", bytes(old)).lines())
                .extracting(line -> line.get("outcome").asText())
                .containsExactly("accepted");
    }

    @Test
    void deletionIsIgnoredAndEndsDivergence() {
        String deletion = "{\"op\":\"d\",\"before\":{\"task_id\":\"t\"},\"source\":{\"lsn\":9}}";
        String changes = String.join("\n", change("COMPLETED", 3), change("IN_PROGRESS", 4), deletion);
        CommandResult result = CommandResult.replayOf("debezium", bytes(changes));
        assertThat(result.lines().get(2).toString())
                .contains("\"outcome\":\"ignored\"", "\"taskId\":\"t\"", "\"sequence\":9", "\"reason\":\"deletion\"");
        assertThat(result.err()).contains("1 tasks: 1 lost updates rejected, 0 tasks diverged");
    }

    @Test
    void outputIsAsciiWithLf() {
        CommandResult result = CommandResult.replayOf(
                "native", bytes(event("COMPLETED", 1).replace("\"t\"", "\"ä€😀\u2028\"") + "\r\nnö\r\n"));
        assertThat(result.out())
                .matches("[ -~\n]*")
                .contains("\\u00E4\\u20AC\\uD83D\\uDE00\\u2028")
                .endsWith("}\n");
        assertThat(result.lines().get(0).get("taskId").asText()).isEqualTo("ä€😀\u2028");
        assertThat(result.lines()).hasSize(2);
    }

    @Test
    void summaryGoesToStderrRegardlessOfLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            String many = (event("COMPLETED", 1) + "\n").repeat(1_234);
            CommandResult result =
                    CommandResult.replayOf("native", bytes(many), "--final").thenExits(0);
            assertThat(result.err().trim())
                    .isEqualTo("1,234 lines {accepted=1, rejected=1233}, 1 tasks: 0 lost updates rejected,"
                            + " 0 tasks diverged");
            assertThat(result.lines()).hasSize(1);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void emptyInputYieldsEmptyOutput() {
        CommandResult result = CommandResult.replayOf("webhook", new byte[0]).thenExits(0);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().trim()).isEqualTo("0 lines {}, 0 tasks: 0 lost updates rejected, 0 tasks diverged");
    }

    @Test
    void finalOutputOmitsUnreadableLines() {
        assertThat(CommandResult.replayOf("native", bytes("\n{\nnull\n" + event("FAILED", 1)), "--final")
                        .out())
                .isEqualTo(
                        "{'taskId':'t','referenceTaskName':'','taskType':'','status':'FAILED','epoch':1,'revision':1,"
                                        .replace('\'', '"')
                                + "\"heard\":\"FAILED\",\"diverged\":false,\"lostUpdates\":0}\n");
    }

    @Test
    void formatIsCaseInsensitive() {
        assertThat(CommandResult.replayOf("NATIVE", bytes(event("FAILED", 1)))
                        .thenExits(0)
                        .lines())
                .hasSize(1);
    }

    private static List<JsonNode> replay(String... lines) {
        return new ArrayList<>(CommandResult.replayOf("native", bytes(String.join("\n", lines)))
                .thenExits(0)
                .lines());
    }

    private static List<String> errors(String format, String line) {
        return CommandResult.replayOf(format, bytes(line)).lines().stream()
                .map(result -> result.get("error").asText())
                .toList();
    }

    private static String event(String status, int sequence) {
        return "{\"taskId\":\"t\",\"status\":\"%s\",\"sequence\":%d}".formatted(status, sequence);
    }

    private static String change(String status, int position) {
        return """
            {"op":"u","after":{"task_id":"t","json_data":"{\\"status\\":\\"%s\\"}"},"source":{"lsn":%d}}""".formatted(status, position);
    }

    private static String line(
            int line,
            String outcome,
            int sequence,
            int revision,
            String status,
            String previousAndCorrection,
            String reason,
            String current) {
        return ("{'line':%d,'outcome':%s,'taskId':'t','referenceTaskName':'','epoch':1,'sequence':%d,'revision':%d,"
                        + "'status':%s,'previousStatus':%s,'reason':%s,'standing':%s,'error':null}")
                .formatted(line, outcome, sequence, revision, status, previousAndCorrection, reason, current)
                .replace('\'', '"');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

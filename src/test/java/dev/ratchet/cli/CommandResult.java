package dev.ratchet.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command line, called in this process, and what came of it. */
record CommandResult(int exit, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static CommandResult ratchet(String... arguments) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = RatchetCommand.commandLine(new NoLauncher(), new DemoJarHint(), stdout);
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exit = command.execute(arguments);
        // ISO-8859-1 keeps every byte as it is.
        return new CommandResult(exit, out + stdout.toString(StandardCharsets.ISO_8859_1), err.toString());
    }

    static CommandResult replayOf(String format, byte[] input, String... more) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return ratchet(Stream.concat(Stream.of("replay", "--format", format, "-"), Stream.of(more))
                    .toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    /** What went to stdout, line by line, as JSON. */
    List<JsonNode> lines() {
        return out.lines().map(CommandResult::json).toList();
    }

    List<String> outLines() {
        return out.lines().toList();
    }

    List<String> errLines() {
        return err.lines().toList();
    }

    CommandResult thenExits(int code) {
        assertThat(exit).as(err).isEqualTo(code);
        return this;
    }

    static JsonNode json(String text) {
        try {
            return requireNonNull(JSON.readTree(text));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}

package dev.ratchet.cli;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.ingest.avro.NativeJsonReader;
import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.ingest.webhook.WebhookReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description =
                "Apply the rule to recorded events, without a broker, and print the outcome of each as JSON lines.",
        footer = {
            "",
            "Examples:",
            "  ratchet replay --format debezium recording.jsonl",
            "  ratchet replay --format debezium --final recording.jsonl",
            "  ratchet replay --format native -",
            "",
            "One line out for each line in, in the same order, on stdout; the summary on stderr.",
            "Exit code 0, or 2 if the file cannot be opened or no line of it is in the given format."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .rootValueSeparator("") // an LF follows each value
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build())
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .build();
    private static final int LINES_A_PROGRESS_CHECK = 1 << 14;
    private static final long PROGRESS_MS = 1_000;

    private static final String FORMATS = "native, debezium or webhook";

    enum Format {
        NATIVE,
        DEBEZIUM,
        WEBHOOK;

        RecordReader reader() {
            return switch (this) {
                case NATIVE -> new NativeJsonReader();
                case DEBEZIUM -> new DebeziumReader(0);
                case WEBHOOK -> new WebhookReader();
            };
        }
    }

    private final OutputStream stdout;
    private Format format = Format.NATIVE;

    @Option(names = "--final", description = "Print one line per task instead: its state after the last event.")
    private boolean finalOnly;

    @Parameters(paramLabel = "FILE", description = "The recording, or - for standard input.")
    private String file = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ReplayCommand(OutputStream stdout) {
        this.stdout = stdout;
    }

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "Format of the lines: " + FORMATS + ".")
    void format(String name) {
        try {
            format = Format.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw parameterError("Expected --format to be " + FORMATS + ", but got '" + name + "'.");
        }
    }

    @Override
    public Integer call() throws IOException {
        try (InputStream in = open();
                JsonGenerator out = JSON.createGenerator(new BufferedOutputStream(stdout, 1 << 16))) {
            return replay(new LineReader(in, out), out);
        }
    }

    private int replay(LineReader lines, JsonGenerator out) throws IOException {
        PrintWriter stderr = spec.commandLine().getErr();
        Replay replay = new Replay(format.reader());
        long number = 0;
        long told = System.currentTimeMillis();
        for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
            ObjectNode result = replay.fold(line.get()).put("line", ++number);
            if (!finalOnly) {
                write(result, out);
            }
            if (number % LINES_A_PROGRESS_CHECK == 0 && System.currentTimeMillis() - told > PROGRESS_MS) {
                told = System.currentTimeMillis();
                stderr.printf(Locale.ROOT, "%,d lines …%n", number);
            }
        }
        if (finalOnly) {
            for (ObjectNode task : replay.tasks().toList()) {
                write(task, out);
            }
        }
        out.flush();
        stderr.println(replay.summary());
        if (replay.hasOnlyUndecodableLines()) {
            stderr.println("Expected --format to fit the recording, but no line of it can be read in format "
                    + format.name().toLowerCase(Locale.ROOT) + ".");
            return spec.exitCodeOnInvalidInput();
        }
        return 0;
    }

    private static void write(ObjectNode line, JsonGenerator out) throws IOException {
        JSON.writeTree(out, line);
        out.writeRaw('\n');
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        try {
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw cannotOpen("is a directory");
            }
            return Files.newInputStream(path);
        } catch (NoSuchFileException missing) {
            throw cannotOpen("does not exist");
        } catch (AccessDeniedException denied) {
            throw cannotOpen("may not be read");
        } catch (FileSystemException other) {
            throw cannotOpen("cannot be opened: " + other.getReason());
        } catch (InvalidPathException noPath) {
            throw cannotOpen("is no path: " + noPath.getReason());
        }
    }

    private ParameterException cannotOpen(String why) {
        return parameterError("Expected FILE to be a recording, but '" + file + "' " + why + ".");
    }

    private ParameterException parameterError(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

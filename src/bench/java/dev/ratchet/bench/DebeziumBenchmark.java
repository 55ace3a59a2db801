package dev.ratchet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.Recordings;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.debezium.DebeziumReader;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Debezium's records, as they lie on the topic, to events: one record an operation, of a recording of Conductor. */
@State(Scope.Thread)
public class DebeziumBenchmark {
    /** Kinds of line: by the task's type, or {@code ALL} of the recording in turn. Bytes: HTTP 3,900, DO_WHILE 6,200, A 3,100. */
    @Param({"ALL", "A", "HTTP", "DO_WHILE"})
    private String kind = "";

    private final DebeziumReader reader = new DebeziumReader(0);
    private final DebeziumReader capturing = new DebeziumReader(0, new PayloadCapturePolicy(65_536));
    private List<byte[]> records = List.of();
    private int next;

    @Setup
    public void readRecording() {
        records = Recordings.cdc("stress_1").stream()
                .filter(record -> kind.equals("ALL") || kind.equals(taskType(record)))
                .map(Recordings.Recorded::value)
                .toList();
    }

    @Benchmark
    public Reading read() {
        return reader.read(record());
    }

    /** With what an end leaves behind, as where tasks are repaired. */
    @Benchmark
    public Reading capture() {
        return capturing.read(record());
    }

    private byte[] record() {
        next = next + 1 < records.size() ? next + 1 : 0;
        return records.get(next);
    }

    private static String taskType(Recordings.Recorded record) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            JsonNode change = mapper.readTree(record.json());
            return mapper.readTree(change.at("/after/json_data").asText())
                    .path("taskType")
                    .asText();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.test.TestRecord;

/** Reads dead letters. */
final class DeadLetterRecords {
    private DeadLetterRecords() {}

    static TestRecord<byte[], byte[]> only(List<TestRecord<byte[], byte[]>> deadLetters) {
        assertThat(deadLetters).hasSize(1);
        return deadLetters.get(0);
    }

    static String header(TestRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        assertThat(header).as("header %s", name).isNotNull();
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}

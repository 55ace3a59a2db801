package dev.ratchet.real;

import dev.ratchet.config.Settings;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What Debezium has put on the CDC topic. */
final class CapturedTopic implements AutoCloseable {
    private final List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final TopicReader tail;

    CapturedTopic(Settings settings) {
        tail = new TopicReader(settings, settings.topics().cdc());
    }

    /** {@return all that is there now, a copy} */
    List<ConsumerRecord<String, byte[]>> poll() {
        for (ConsumerRecord<String, byte[]> record : tail.poll()) {
            records.add(record);
            Row.of(record).ifPresent(rows::add);
        }
        return List.copyOf(records);
    }

    /** {@return the rows of some executions that were written until now, those of a task in the order of the log} */
    List<Row> rows(List<String> workflowIds) {
        poll();
        return rows.stream()
                .filter(row -> workflowIds.contains(row.workflowId()))
                .toList();
    }

    /** {@return how many messages of the guard there are} */
    int messages() {
        return (int) poll().stream()
                .filter(record -> "ratchet.guard".equals(record.key()))
                .count();
    }

    @Override
    public void close() {
        tail.close();
    }
}

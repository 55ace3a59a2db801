package dev.ratchet.real;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The commands to repair, and what came of them. */
final class Repairs implements AutoCloseable {
    final List<RepairCommand> commands = new ArrayList<>();
    final List<RepairResult> results = new ArrayList<>();

    private final AvroDeserializer<RepairCommand> command;
    private final AvroDeserializer<RepairResult> result;
    private final String commandTopic;
    private final TopicReader tail;

    Repairs(Settings settings, SchemaRegistry registry) {
        command = new AvroDeserializer<>(RepairCommand.class, registry);
        result = new AvroDeserializer<>(RepairResult.class, registry);
        commandTopic = settings.topics().repairCommands();
        tail = new TopicReader(settings, commandTopic, settings.topics().repairResults());
    }

    /** Reads what has come since. */
    Repairs poll() {
        for (ConsumerRecord<String, byte[]> record : tail.poll()) {
            if (record.topic().equals(commandTopic)) {
                commands.add(command.deserialize(record.topic(), record.value()));
            } else {
                results.add(result.deserialize(record.topic(), record.value()));
            }
        }
        return this;
    }

    /** {@return the commands of which nothing has come yet} */
    List<String> unanswered() {
        List<String> ids = new ArrayList<>(
                commands.stream().map(RepairCommand::getCommandId).toList());
        results.forEach(result -> ids.remove(result.getCommandId()));
        return ids;
    }

    /** {@return the results of that kind} */
    List<RepairResult> of(RepairOutcome outcome) {
        return results.stream().filter(one -> one.getResult() == outcome).toList();
    }

    @Override
    public void close() {
        tail.close();
    }
}

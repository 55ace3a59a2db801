package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.trace.TraceHeaders;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class CommandHandlerTest {
    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
    private final MockProducer<String, byte[]> results =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    @Test
    void repairEndedByShutdownHasNoResult() {
        CommandReader reader = new CommandReader(new AvroDeserializer<>(RepairCommand.class, registry), Mode.APPLY);
        BrokenConductor conductor = new BrokenConductor(new WakeupException());
        CommandHandler handler = new CommandHandler(
                Mode.APPLY,
                conductor,
                new RepairProtocol(conductor, 1, writes -> {}),
                new ResultPublisher("results", new AvroSerializer<>(RepairResult.class, registry), results),
                new InfrastructureRetry(IntervalFunction.of(1), new ShutdownSignal()),
                new ReadableRepairCounters(),
                Clock.systemUTC());

        assertThatThrownBy(() -> handler.execute(reader.parse(Commands.repair("t1")), TraceHeaders.NONE))
                .isInstanceOf(WakeupException.class);
        assertThat(results.history()).isEmpty();
    }
}

package dev.ratchet.schemas;

import static dev.ratchet.registry.Compatibility.BACKWARD_TRANSITIVE;
import static dev.ratchet.registry.Compatibility.FULL_TRANSITIVE;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.registry.Compatibility;
import dev.ratchet.registry.Subject;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schemas that the registry must hold. Backward compatibility for topics that Ratchet reads, since it must read records
 * of all versions; full compatibility for topics that others read, whose readers may be older or newer than the writer.
 */
public record SchemaPlan(List<SchemaPlan.Spec> schemas) {
    /**
     * The schema of one topic.
     *
     * @param level required compatibility level; a stricter one is accepted
     */
    record Spec(String topic, Subject subject, Compatibility level) {

        String record() {
            return subject.schema().getFullName();
        }
    }

    public SchemaPlan {
        schemas = List.copyOf(schemas);
    }

    /** {@return the plan} Throws ConfigException if a setting of the serdes is wrong. */
    public static SchemaPlan of(Settings settings) {
        TopicSettings topics = settings.topics();
        List<Spec> schemas = new ArrayList<>();
        schemas.add(spec(settings, topics.events(), TaskStatusEvent.class, BACKWARD_TRANSITIVE));
        schemas.add(spec(settings, topics.changelog(), TaskStatusChange.class, FULL_TRANSITIVE));
        schemas.add(spec(settings, topics.rejections(), TaskStatusRejection.class, FULL_TRANSITIVE));
        schemas.add(spec(settings, topics.alerts(), TaskStatusAlert.class, FULL_TRANSITIVE));
        if (settings.asksConductor()) {
            schemas.add(spec(settings, topics.repairCommands(), RepairCommand.class, BACKWARD_TRANSITIVE));
        }
        if (settings.readsAnswers()) {
            schemas.add(spec(settings, topics.repairResults(), RepairResult.class, BACKWARD_TRANSITIVE));
        }
        return new SchemaPlan(schemas);
    }

    private static Spec spec(
            Settings settings, String topic, Class<? extends SpecificRecord> type, Compatibility level) {
        return new Spec(topic, AvroSerdes.subject(settings.serde(), topic, type), level);
    }
}

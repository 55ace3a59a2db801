package dev.ratchet.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What every schema owes to those who read it in a registry. */
class SchemasTest {
    static final List<Schema> SCHEMAS = List.of(
            TaskStatusEvent.SCHEMA$,
            TaskStatusChange.SCHEMA$,
            TaskStatusRejection.SCHEMA$,
            TaskStatusAlert.SCHEMA$,
            RepairCommand.SCHEMA$,
            RepairResult.SCHEMA$);

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void schemasAndFieldsAreDocumented(Schema schema) {
        assertThat(schema.getNamespace()).isEqualTo("dev.ratchet.v1");
        assertThat(schema.getDoc()).isNotBlank();
        assertThat(schema.getFields())
                .allSatisfy(field -> assertThat(field.doc())
                        .as("doc of %s.%s", schema.getName(), field.name())
                        .isNotBlank()
                        .endsWith("."));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void enumsDefaultToUnknown(Schema schema) {
        types(schema)
                .filter(type -> type.getType() == Schema.Type.ENUM)
                .forEach(type -> assertThat(type.getEnumDefault())
                        .as("default of %s", type.getFullName())
                        .isEqualTo("UNKNOWN"));
    }

    @ParameterizedTest
    @FieldSource("SCHEMAS")
    void timesAreTimestampsAndNullableFieldsHaveDefaults(Schema schema) {
        for (Field field : schema.getFields()) {
            boolean time = field.name().endsWith("At") || field.name().endsWith("Time");
            Stream<Schema> types = Stream.of(field.schema()).flatMap(SchemasTest::alternatives);
            assertThat(types.anyMatch(type -> type.getLogicalType() != null
                            && type.getLogicalType().getName().equals("timestamp-millis")))
                    .as("%s.%s is a timestamp", schema.getName(), field.name())
                    .isEqualTo(time);
            assertThat(!field.schema().isNullable() || field.hasDefaultValue())
                    .as("%s.%s has a default", schema.getName(), field.name())
                    .isTrue();
        }
    }

    private static Stream<Schema> types(Schema schema) {
        return schema.getFields().stream().map(Field::schema).flatMap(SchemasTest::alternatives);
    }

    private static Stream<Schema> alternatives(Schema type) {
        return type.isUnion() ? type.getTypes().stream() : Stream.of(type);
    }
}

package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.registry.Apicurio;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** At a real registry. */
@Timeout(300)
class SchemasCommandIT {
    private final String prefix = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void registerAddsMissingSchemas() throws Exception {
        CommandResult missing = schemas("check");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.errLines()).isEmpty();
        assertThat(missing.outLines())
                .hasSize(12)
                .contains(
                        "Expected subject " + prefix
                                + "-changelog-value to hold dev.ratchet.v1.TaskStatusChange of topic " + prefix
                                + "-changelog, but there is no such subject: run 'ratchet schemas register'.",
                        "Expected subject " + prefix
                                + "-changelog-value to have compatibility level FULL_TRANSITIVE, but it has NONE: run 'ratchet"
                                + " schemas register'.");

        CommandResult dry = schemas("register", "--dry-run");
        assertThat(dry.exit()).isZero();
        assertThat(dry.outLines())
                .hasSize(12)
                .contains(
                        "would register " + prefix + "-events-value: dev.ratchet.v1.TaskStatusEvent",
                        "would change " + prefix + "-events-value: BACKWARD_TRANSITIVE (was NONE)");
        assertThat(schemas("check").outLines()).isEqualTo(missing.outLines());

        CommandResult registered = schemas("register");
        assertThat(registered.exit()).as(registered.err()).isZero();
        assertThat(registered.outLines())
                .hasSize(12)
                .contains("changed " + prefix + "-changelog-value: FULL_TRANSITIVE (was NONE)")
                .anyMatch(line -> line.matches(
                        "registered " + prefix + "-results-value: dev.ratchet.v1.RepairResult, schema \\d+"));

        CommandResult again = schemas("register");
        assertThat(again.exit()).isZero();
        assertThat(again.outLines()).hasSize(6).allMatch(line -> line.startsWith("ok "));

        CommandResult fine = schemas("check");
        assertThat(fine.exit()).isZero();
        assertThat(fine.outLines())
                .hasSize(7)
                .anyMatch(line -> line.matches("ok " + prefix
                        + "-changelog-value: dev.ratchet.v1.TaskStatusChange is schema \\d+, version 1 of 1, at"
                        + " FULL_TRANSITIVE"))
                .endsWith("The schemas are as they should be.");
    }

    @Test
    void subjectWithOtherSchemaIsReportedAndKept() throws Exception {
        Schema earlier = SchemaBuilder.record("dev.ratchet.v1.TaskStatusChange")
                .fields()
                .requiredString("taskId")
                .requiredLong("somethingElse")
                .endRecord();
        dev.ratchet.registry.SchemaRegistry.of(
                        Map.of("schema.registry.url", Apicurio.shared().url()))
                .register(prefix + "-changelog-value", earlier);

        CommandResult checked = schemas("check");
        assertThat(checked.exit()).isEqualTo(1);
        assertThat(checked.outLines())
                .anyMatch(
                        line -> line.startsWith(
                                "Expected this program's dev.ratchet.v1.TaskStatusChange to fit what subject " + prefix
                                        + "-changelog-value holds at FULL_TRANSITIVE, but it cannot read what version 1 wrote: "));

        CommandResult registered = schemas("register");
        assertThat(registered.exit()).isEqualTo(1);
        assertThat(registered.outLines())
                .hasSize(11)
                .anyMatch(line -> line.startsWith("left Expected this program's dev.ratchet.v1.TaskStatusChange"));
    }

    private CommandResult schemas(String... command) throws IOException {
        return CommandResult.ratchet(Stream.of(
                        Stream.of("schemas"),
                        Stream.of(command),
                        Stream.of(
                                        "ratchet.schema.registry.url="
                                                + Apicurio.shared().url(),
                                        "ratchet.conductor.url=http://127.0.0.1:1/api",
                                        "ratchet.topic.events=" + prefix + "-events",
                                        "ratchet.topic.changelog=" + prefix + "-changelog",
                                        "ratchet.topic.rejections=" + prefix + "-rejections",
                                        "ratchet.topic.alerts=" + prefix + "-alerts",
                                        "ratchet.topic.repair-commands=" + prefix + "-commands",
                                        "ratchet.topic.repair-results=" + prefix + "-results")
                                .flatMap(setting -> Stream.of("--set", setting)))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }
}

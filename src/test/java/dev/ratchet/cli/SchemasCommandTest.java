package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SchemasCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"check", "register"})
    void missingRegistryPrintsOneLine(String command) {
        CommandResult ran = CommandResult.ratchet(
                "schemas",
                command,
                "--set",
                "ratchet.schema.registry.url=http://127.0.0.1:1",
                "--set",
                "ratchet.serde.max.retries=0");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.outLines()).isEmpty();
        assertThat(ran.errLines())
                .containsExactly("Expected the schema registry at one of [http://127.0.0.1:1] to answer"
                        + " /subjects/task-status-events-value, but none did in 1 rounds, the last with:"
                        + " java.net.ConnectException");
    }

    @Test
    void mockRegistryIsRejected() {
        CommandResult ran =
                CommandResult.ratchet("schemas", "check", "--set", "ratchet.schema.registry.url=mock://demo");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "Expected schema.registry.url to be http(s) addresses, but got 'mock://demo', an in-process registry");
    }

    @Test
    void registryIsRequired() {
        CommandResult ran = CommandResult.ratchet("schemas", "check");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly("Expected ratchet.schema.registry.url to be set, in the file, as environment variable"
                        + " RATCHET_SCHEMA_REGISTRY_URL or with --set, but it is not.");
    }
}

package dev.ratchet.registry;

import static dev.ratchet.registry.Compatibility.BACKWARD;
import static dev.ratchet.registry.Compatibility.BACKWARD_TRANSITIVE;
import static dev.ratchet.registry.Compatibility.FORWARD;
import static dev.ratchet.registry.Compatibility.FORWARD_TRANSITIVE;
import static dev.ratchet.registry.Compatibility.FULL;
import static dev.ratchet.registry.Compatibility.FULL_TRANSITIVE;
import static dev.ratchet.registry.Compatibility.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class CompatibilityTest {
    private static final Schema A =
            SchemaBuilder.record("R").fields().requiredString("a").endRecord();
    private static final Schema AB = SchemaBuilder.record("R")
            .fields()
            .requiredString("a")
            .requiredInt("b")
            .endRecord();
    private static final Schema A_OR_B = SchemaBuilder.record("R")
            .fields()
            .requiredString("a")
            .optionalInt("c")
            .endRecord();

    @Test
    void addedFieldWithoutDefaultIsIncompatible() {
        assertThat(refusing(AB, A)).containsExactly(BACKWARD, BACKWARD_TRANSITIVE, FULL, FULL_TRANSITIVE);
        assertThat(BACKWARD.conflict(AB, List.of(A)))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("it cannot read what version 1 wrote: ")
                        .contains("READER_FIELD_MISSING_DEFAULT_VALUE"));
    }

    @Test
    void removedFieldWithoutDefaultIsIncompatible() {
        assertThat(refusing(A, AB)).containsExactly(FORWARD, FORWARD_TRANSITIVE, FULL, FULL_TRANSITIVE);
        assertThat(FORWARD.conflict(A, List.of(AB)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("version 1 cannot read what it writes: "));
    }

    @Test
    void fieldWithDefaultIsCompatibleInBothDirections() {
        assertThat(refusing(A_OR_B, A)).isEmpty();
        assertThat(refusing(A, A_OR_B)).isEmpty();
    }

    @Test
    void onlyTransitiveLevelsCheckEarlierVersions() {
        assertThat(refusing(AB, A, AB)).containsExactly(BACKWARD_TRANSITIVE, FULL_TRANSITIVE);
        assertThat(FULL_TRANSITIVE.conflict(A, List.of())).isEmpty();
    }

    @Test
    void levelCoversWeakerLevels() {
        assertThat(covering(BACKWARD_TRANSITIVE)).containsExactly(BACKWARD_TRANSITIVE, FULL_TRANSITIVE);
        assertThat(covering(FULL_TRANSITIVE)).containsExactly(FULL_TRANSITIVE);
        assertThat(covering(BACKWARD)).containsExactly(BACKWARD, BACKWARD_TRANSITIVE, FULL, FULL_TRANSITIVE);
        assertThat(covering(NONE)).containsExactly(Compatibility.values());
    }

    private static Stream<Compatibility> refusing(Schema next, Schema... earlier) {
        return Stream.of(Compatibility.values())
                .filter(level -> level.conflict(next, List.of(earlier)).isPresent());
    }

    private static Stream<Compatibility> covering(Compatibility level) {
        return Stream.of(Compatibility.values()).filter(one -> one.covers(level));
    }
}

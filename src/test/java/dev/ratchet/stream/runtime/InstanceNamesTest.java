package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which process owns a transaction, by its id. */
class InstanceNamesTest {
    private static final String ONE = "3f0e8a52-90a1-4b6f-8f0a-1d2c3b4a5968";
    private static final String OTHER = "c7d1b2aa-0000-4111-8222-933344445555";

    private final InstanceNames names = new InstanceNames("ratchet");

    @Test
    void transactionsOfProcessWithoutMemberAreOrphans() {
        assertThat(names.orphans(
                        List.of(transaction(ONE, 1), transaction(OTHER, 1), transaction(OTHER, 12)), members(ONE)))
                .containsExactly(transaction(OTHER, 1), transaction(OTHER, 12));
    }

    @Test
    void memberKeepsAllTransactionsOfItsProcess() {
        assertThat(names.orphans(List.of(transaction(ONE, 1), transaction(ONE, 7)), members(ONE)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratchet-2-" + ONE + "-1",
                "my-ratchet-" + ONE + "-1",
                "ratchet-" + ONE,
                "ratchet-" + ONE + "-",
                "ratchet-" + ONE + "-x",
                "ratchet-" + ONE + "-1-2",
                "ratchet-" + ONE + "-0_1",
                "ratchet-1",
                "ratchet",
                "",
            })
    void otherNamesAreIgnored(String id) {
        assertThat(names.orphans(List.of(id), List.of())).isEmpty();
        assertThat(names.transactionsOf(ONE, List.of(id))).isEmpty();
        assertThat(names.processes(List.of(id))).isEmpty();
    }

    @Test
    void applicationNameIsNotPattern() {
        InstanceNames dotted = new InstanceNames("a.b");
        assertThat(dotted.orphans(List.of("a.b-" + ONE + "-1", "axb-" + ONE + "-1"), List.of()))
                .containsExactly("a.b-" + ONE + "-1");
    }

    @Test
    void memberOfAnotherApplicationDoesNotCount() {
        assertThat(names.orphans(
                        List.of(transaction(ONE, 1)), List.of("ratchet-2-" + ONE + "-StreamThread-1-consumer")))
                .containsExactly(transaction(ONE, 1));
    }

    @Test
    void consumerIsFoundByClientId() {
        assertThat(names.ofConsumer("ratchet-" + ONE + "-StreamThread-12-consumer"))
                .hasValue(ONE);
        assertThat(names.ofConsumer("ratchet-" + ONE + "-StreamThread-1-restore-consumer"))
                .isEmpty();
        assertThat(names.ofConsumer("mine-StreamThread-1-consumer")).isEmpty();
    }

    @Test
    void allTransactionsOfProcessAreFound() {
        assertThat(names.transactionsOf(ONE, List.of(transaction(ONE, 2), transaction(OTHER, 1), transaction(ONE, 1))))
                .containsExactly(transaction(ONE, 1), transaction(ONE, 2));
        assertThat(names.processes(List.of(transaction(ONE, 2), transaction(OTHER, 1), transaction(ONE, 1))))
                .containsExactly(ONE, OTHER);
    }

    private static List<String> members(String process) {
        return List.of("ratchet-" + process + "-StreamThread-1-consumer");
    }

    private static String transaction(String process, int number) {
        return "ratchet-" + process + "-" + number;
    }
}

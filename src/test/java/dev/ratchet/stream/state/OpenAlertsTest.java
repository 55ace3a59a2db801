package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.OpenAlertDetails;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.AlertKind;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys and values of the index of open alerts. */
class OpenAlertsTest {
    private static final byte[] VALUE = new OpenAlertDetails(7, "HTTP", "w1", "upload", "why").toBytes();

    @ParameterizedTest
    @EnumSource(AlertKind.class)
    void rangesHoldTheirKeys(AlertKind kind) {
        for (String id : new String[] {"a", "\u0001", "\uffff", "t".repeat(TextLimits.ID)}) {
            Bytes key = OpenAlerts.key(kind, id);
            assertThat(key)
                    .isBetween(OpenAlerts.of(kind).from(), OpenAlerts.of(kind).to());
            assertThat(key).isBetween(OpenAlerts.all().from(), OpenAlerts.all().to());
            assertThat(AlertKind.values())
                    .filteredOn(other -> key.compareTo(OpenAlerts.of(other).from()) >= 0
                            && key.compareTo(OpenAlerts.of(other).to()) <= 0)
                    .containsExactly(kind);
            assertThat(OpenAlerts.decode(key, VALUE))
                    .isEqualTo(new OpenAlert(kind, id, "HTTP", "w1", "upload", "why", 7));
        }
    }

    /** A stored kind is its place: this list may grow at the end, and change nowhere else. */
    @Test
    void kindsKeepTheirOrdinals() {
        assertThat(Stream.of(AlertKind.values()).map(Enum::name))
                .startsWith(
                        "UNKNOWN",
                        "LOST_UPDATE",
                        "TERMINAL_CONFLICT",
                        "CLOCK_SKEW",
                        "STUCK",
                        "REPAIR_FAILED",
                        "SOURCE_SILENT",
                        "STALE_WRITE_REFUSED");
        assertThat(OpenAlerts.key(AlertKind.STUCK, "t1").get()).containsExactly(0, 4, 4, 't', '1');
    }

    @Test
    void kindOfLaterVersionIsUnknown() {
        assertThat(OpenAlerts.decode(Bytes.wrap(new byte[] {0, 4, 99, 't'}), VALUE)
                        .kind())
                .isEqualTo(AlertKind.UNKNOWN);
    }

    @Test
    void damagedValueIsShownAsSuch() {
        OpenAlert alert = OpenAlerts.decode(OpenAlerts.key(AlertKind.STUCK, "t1"), new byte[] {99, 1});
        assertThat(alert.taskId()).isEqualTo("t1");
        assertThat(alert.message()).startsWith("The details cannot be read. ").contains("99");
    }

    @Test
    void longTextsAreCut() {
        String tooLong = "x".repeat(TextLimits.NAME + 1);
        OpenAlertDetails details = new OpenAlertDetails(7, tooLong, tooLong, tooLong, tooLong);
        assertThat(OpenAlertDetails.of(details.toBytes())).isEqualTo(details);
        assertThat(Stream.of(details.taskType(), details.workflowId(), details.referenceName()))
                .allSatisfy(text -> assertThat(text).hasSize(TextLimits.NAME).endsWith("(cut, 256 characters)"));
    }
}

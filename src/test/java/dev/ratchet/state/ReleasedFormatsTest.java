package dev.ratchet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.GoldenBytes;
import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.ReportedStatus;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a released version wrote into its stores is read by every later one, and means the same. */
class ReleasedFormatsTest {
    private static final String TASK = "task-state";
    private static final String CAPTURED = "captured-output";

    private final TrackedTaskCodec tasks = new TrackedTaskCodec();

    @Test
    void taskBytesMatchGoldenFiles() {
        held(TASK, TaskStateCodec.FORMAT, StoredSamples.tasks(), tasks::write, tasks::read);
    }

    @Test
    void capturedOutputBytesMatchGoldenFiles() {
        held(CAPTURED, CapturedOutput.FORMAT, StoredSamples.captured(), CapturedOutput::toBytes, CapturedOutput::of);
    }

    @Test
    void openAlertBytesMatchGoldenFiles() {
        held(
                "open-alert",
                OpenAlertDetails.FORMAT,
                StoredSamples.openAlerts(),
                OpenAlertDetails::toBytes,
                OpenAlertDetails::of);
    }

    @Test
    void statusCountBytesMatchGoldenFiles() {
        StatusCountsCodec codec = new StatusCountsCodec();
        held(
                "status-counts",
                StatusCountsCodec.FORMAT,
                StoredSamples.statusCounts(),
                counts -> codec.write(new AtomicLongArray(counts)),
                StatusCountsCodec::read);
    }

    /** A stored enum is its place: this list may grow at the end of a line, and change nowhere else. */
    @Test
    void enumsKeepTheirOrdinals() {
        keepsPlaces(
                TaskStatus.values(),
                "SCHEDULED IN_PROGRESS COMPLETED COMPLETED_WITH_ERRORS FAILED FAILED_WITH_TERMINAL_ERROR TIMED_OUT CANCELED SKIPPED");
        keepsPlaces(EventSource.values(), "NATIVE CDC WEBHOOK AUDIT");
        keepsPlaces(EpochEvidence.Flag.values(), "UNKNOWN NO YES");
        keepsPlaces(
                OutcomeKind.values(),
                "ACCEPTED CORRECTION UNCHANGED DUPLICATE OUT_OF_ORDER BACKWARD_TRANSITION TERMINAL_CONFLICT STALE_EPOCH SOURCE_MISMATCH IGNORED");
        keepsPlaces(
                RepairState.Result.values(),
                "NONE PENDING REPAIRED ALREADY_CONSISTENT NOT_REPAIRABLE FAILED DRY_RUN GIVEN_UP EXHAUSTED");
        keepsPlaces(ReportedStatus.ReportKind.values(), "REPORTED DELETED ASKED SNAPSHOT");
        keepsPlaces(EpochDecision.values(), "FIRST STATED KEY REOPENED SIBLING CLOCK_SKEW RERUN RESUMED");
    }

    /** How a later format adds a field: it is written behind the others, and read where the bytes are of that format. */
    @Test
    void laterFormatReadsCurrentOne() {
        StateFormat later =
                new StateFormat("task state", TaskStateCodec.FORMAT.oldest(), TaskStateCodec.FORMAT.newest() + 1);
        Function<byte[], Map.Entry<TrackedTask, Long>> read = bytes -> VarintReader.readAll(
                bytes,
                later,
                in -> Map.entry(TrackedTaskCodec.tracked(in), in.format() < later.newest() ? 0 : in.number()));

        GoldenBytes.of(TASK, TaskStateCodec.FORMAT.newest())
                .forEach((name, bytes) -> assertThat(read.apply(bytes))
                        .isEqualTo(Map.entry(StoredSamples.tasks().get(name), 0L)));

        StoredSamples.tasks().forEach((name, task) -> {
            byte[] written = tasks.append(task).number(42).take(later);
            assertThat(written[0]).isEqualTo((byte) later.newest());
            assertThat(read.apply(written)).isEqualTo(Map.entry(task, 42L));
            assertThatThrownBy(() -> tasks.read(written))
                    .isInstanceOf(UnreadableStateException.class)
                    .hasMessage(
                            "Expected task state in format 5 to 6, but got format 7: a later version of Ratchet wrote it. Run"
                                    + " that version, or rebuild the state with 'ratchet reset' (docs/upgrade.md)");
        });
    }

    @Test
    void formatBeforeFirstReleaseIsRejected() {
        byte[] bytes = {3, 0};
        assertThatThrownBy(() -> CapturedOutput.of(bytes))
                .isInstanceOf(UnreadableStateException.class)
                .hasMessage(
                        "Expected captured output in format 4, but got format 3, which no released version of Ratchet"
                                + " wrote: rebuild the state with 'ratchet reset' (docs/upgrade.md)");
    }

    private static <T> void held(
            String kind,
            StateFormat formats,
            Map<String, T> samples,
            Function<T, byte[]> write,
            Function<byte[], T> read) {
        Map<String, byte[]> written = new LinkedHashMap<>();
        samples.forEach((name, sample) -> written.put(name, write.apply(sample)));
        GoldenBytes.keep(kind, formats.newest(), written);
        assertThat(GoldenBytes.of(kind, formats.newest()))
                .usingRecursiveComparison()
                .isEqualTo(written);
        IntStream.rangeClosed(formats.oldest(), formats.newest())
                .forEach(format -> GoldenBytes.of(kind, format)
                        .forEach((name, bytes) -> assertThat(read.apply(bytes))
                                .as("%s in format %d", name, format)
                                .isEqualTo(samples.get(name))));
        assertThat(GoldenBytes.areKept(kind, formats.oldest() - 1))
                .as("no kept format may be given up")
                .isFalse();
    }

    private static void keepsPlaces(Enum<?>[] values, String places) {
        List<String> kept = List.of(places.split(" ", -1));
        assertThat(Stream.of(values).map(Enum::name).toList()).startsWith(kept.toArray(String[]::new));
    }
}

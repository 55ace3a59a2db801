package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Recordings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo, run from the demo jar. */
class DemoIT {
    @TempDir
    Path folder;

    @Test
    void demoPrintsReportAndExits() throws Exception {
        try (RatchetProcess demo = RatchetProcess.startDemo(folder, "--exit")) {
            assertThat(demo.await()).as(demo.output()).isEqualTo(0);
            assertThat(demo.output())
                    .contains("A task with a lost update: Upload_item_start__1 (HTTP, ")
                    .containsPattern("COMPLETED +published COMPLETED, revision 2")
                    .containsPattern("IN_PROGRESS +rejected, BACKWARD_TRANSITION: Expected nothing to follow COMPLETED")
                    .containsPattern(" 90 records of Conductor's task table read")
                    .containsPattern(" 42 published on the changelog")
                    .containsPattern(" 43 unchanged")
                    .containsPattern(" 5 rejected")
                    .containsPattern(" 5 tasks with a lost update in Conductor")
                    .doesNotContain("WARN", "ERROR", "Exception");
        }
    }

    @Test
    void demoAcceptsCustomRecording() throws Exception {
        List<byte[]> lines = new ArrayList<>(Recordings.lines("heartbeat.cdc"));
        lines.add("{\"op\":\"c\"".getBytes(StandardCharsets.UTF_8));
        lines.add("{\"key\":{\"task_id\":\"t1\"},\"value\":null}".getBytes(StandardCharsets.UTF_8));
        Path trace = folder.resolve("own.jsonl");
        try (var out = Files.newOutputStream(trace)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        try (RatchetProcess demo = RatchetProcess.startDemo(folder, "--exit", "--trace", trace.toString())) {
            assertThat(demo.await()).as(demo.output()).isEqualTo(0);
            assertThat(demo.output())
                    .containsPattern(" 14 records of Conductor's task table read")
                    .containsPattern(" 1 ignored")
                    .containsPattern(" 1 dead-lettered")
                    .containsPattern(" 0 tasks with a lost update in Conductor")
                    .doesNotContain("A task with a lost update");
        }
    }

    @Test
    void brokerStaysUpWithoutExitOption() throws Exception {
        try (RatchetProcess demo = RatchetProcess.startDemo(folder)) {
            await().atMost(Duration.ofMinutes(2)).until(() -> demo.output().contains("until Ctrl-C"));
            assertThat(demo.terminate()).isEqualTo(143);
        }
    }
}

package dev.ratchet.repair;

import static dev.ratchet.repair.FakeConductor.SCHEDULED_AT;
import static dev.ratchet.repair.FakeConductor.STARTED_AT;
import static dev.ratchet.repair.FakeConductor.TASK;
import static dev.ratchet.repair.FakeConductor.WORKFLOW;
import static dev.ratchet.repair.RepairResult.Outcome.NOT_REPAIRABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.repair.RepairResult.Outcome;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A repair of one task, its command and its Conductor, which a test changes. */
abstract class RepairScenario {
    final FakeConductor conductor = new FakeConductor();
    final List<Integer> pauses = new ArrayList<>();
    private final RepairProtocol protocol = new RepairProtocol(conductor, 3, pauses::add);

    TaskStatus status = TaskStatus.COMPLETED;
    Optional<String> output = Optional.of("{\"by\":\"A\"}");
    String externalPath = "";
    boolean complete = true;
    String workflowId = WORKFLOW;
    EpochKey key = new EpochKey(SCHEDULED_AT, 0);
    long startTime = STARTED_AT;
    int pollCount = 1;
    boolean dryRun;

    RepairResult repair() {
        TaskUpdate update = new TaskUpdate(
                TASK, workflowId, status, new TaskOutput(output, externalPath, "worker", "because", "child", complete));
        return protocol.repair(new RepairRequest(update, key, startTime, pollCount, dryRun));
    }

    RepairResult ends(Outcome outcome, String words) {
        RepairResult result = repair();
        assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
        assertThat(result.reason()).contains(words);
        return result;
    }

    RepairResult refuses(String words) {
        return refusesAfter(0, words);
    }

    RepairResult refusesAfter(int writes, String words) {
        RepairResult result = ends(NOT_REPAIRABLE, words);
        assertThat(conductor.updates).hasSize(writes);
        assertThat(conductor.asked).doesNotContain("decide w1");
        return result;
    }
}

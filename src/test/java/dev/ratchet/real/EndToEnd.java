package dev.ratchet.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.RepairSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** Everything together, and two ways to lose updates: the same with repair and without. */
final class EndToEnd implements AutoCloseable {
    /** The settle time and two seconds. */
    private static final Duration AIM = Duration.ofSeconds(5);

    private static final String LOOP = "incident";
    private static final String ROUNDS = "rounds";
    private static final String LAST = "last";

    static final Duration TIMEOUT = Duration.ofMinutes(3);

    final Report report = new Report(AIM);
    final TestEnvironment around;
    final Ratchet ratchet;
    final Observations seen;
    final Workflows workflows;

    private final List<String> hung = new ArrayList<>();
    /** Tasks whose ends are lost for good: there was no repair yet, or it came too late. */
    private final Set<String> lost = new HashSet<>();

    private RepairSettings.Mode mode;

    private EndToEnd(TestEnvironment around) throws Exception {
        this.around = around;
        ratchet = new Ratchet(around);
        seen = new Observations(ratchet.settings());
        workflows = new Workflows(around.conductor());
        around.capture(Map.of());
    }

    static EndToEnd start(Path folder) throws Exception {
        TestEnvironment around = TestEnvironment.start(folder);
        try {
            return new EndToEnd(around);
        } catch (Exception | Error e) {
            around.close();
            throw e;
        }
    }

    /** Has Ratchet run so. What hung before it did is ended first, and not left for it to find. */
    void repair(RepairSettings.Mode wanted) throws Exception {
        if (mode != wanted) {
            hung.forEach(workflows::terminate);
            hung.clear();
            Awaitility.await("Ratchet to read on").atMost(TIMEOUT).until(() -> mode == null || ratchet.hasReadAll());
            lost.addAll(seen.lostUpdates());
            ratchet.close();
            ratchet.start(wanted);
            mode = wanted;
        }
    }

    /** What else happens while workflows run. */
    interface Meanwhile {
        void happen(Workers workers) throws Exception;
    }

    /** A loop each of whose iterations loses the completion of its asynchronous task. */
    ExecutionReport incident(int iterations, Meanwhile meanwhile) throws Exception {
        workflows.registerTasks(Incident.BEFORE, Incident.ASYNC, Incident.AFTER);
        try (Workers workers = Workers.start(around.conductor(), 1, 0, Incident.BEFORE, Incident.AFTER);
                Incident incident = Incident.start(around.conductor(), workers.executed, Incident.Answer.LATE)) {
            workflows.register(LOOP, incident.loop(iterations));
            Batch batch = Batch.start(workflows, LOOP, 1);
            meanwhile.happen(workers);
            return account(LOOP, batch, workers.executed);
        }
    }

    /** A workflow that loses the completion of its last task when it has ended. */
    ExecutionReport afterTheEnd() throws Exception {
        workflows.registerTasks(Incident.BEFORE, Incident.ASYNC);
        try (Workers workers = Workers.start(around.conductor(), 1, 0, Incident.BEFORE);
                Incident incident =
                        Incident.start(around.conductor(), workers.executed, Incident.Answer.AFTER_THE_END)) {
            workflows.register(LAST, List.of(Workflows.simple(Incident.BEFORE), incident.call(Incident.ASYNC)));
            Batch batch = Batch.start(workflows, LAST, 1);
            Awaitility.await("the completion to be lost, or kept by the guard")
                    .atMost(TIMEOUT)
                    .until(() -> !LostUpdate.of(seen.captured.rows(batch.ids)).isEmpty()
                            || seen.refusedWrites().stream()
                                    .anyMatch(alert -> batch.ids.contains(alert.getWorkflowId())));
            return account(LAST, batch, workers.executed);
        }
    }

    /**
     * Workflows of two rounds of three workers' tasks with an asynchronous one in their midst; twelve workers with
     * heartbeats, and a database that is slow now and then.
     */
    @SuppressWarnings("try") // it is enough that they run
    ExecutionReport underDelays(int count) throws Exception {
        workflows.registerTasks("cut", "fold", "print", Incident.ASYNC);
        try (Workers workers = Workers.start(around.conductor(), 4, 1, "cut", "fold", "print");
                Incident incident = Incident.start(around.conductor(), workers.executed, Incident.Answer.MEANWHILE);
                SlowDatabase delays = SlowDatabase.start(around.postgres())) {
            workflows.register(
                    ROUNDS,
                    List.of(
                            Workflows.simple("cut", "cut_1"),
                            incident.call("upload_1"),
                            Workflows.simple("fold", "fold_1"),
                            Workflows.simple("print", "print_1"),
                            Workflows.simple("cut", "cut_2"),
                            incident.call("upload_2"),
                            Workflows.simple("fold", "fold_2"),
                            Workflows.simple("print", "print_2")));
            return account(ROUNDS, Batch.start(workflows, ROUNDS, count), workers.executed);
        }
    }

    private ExecutionReport account(String name, Batch batch, ExecutionLog executed) throws IOException {
        try {
            batch.awaitRest(seen.captured);
            batch.awaitCaptured(seen.captured);
            Awaitility.await("Ratchet to read on").atMost(TIMEOUT).until(ratchet::hasReadAll);
            if (mode == RepairSettings.Mode.APPLY) {
                Awaitility.await("an answer to each").atMost(TIMEOUT).untilAsserted(() -> {
                    assertThat(seen.unanswered(batch.ids)).isEmpty();
                    assertThat(seen.repairs.poll().unanswered()).isEmpty();
                });
            }
            hung.addAll(batch.hung());
            return ExecutionReport.of(batch, workflows, executed, seen);
        } finally {
            Trace.write(name, batch.ids, seen);
        }
    }

    /** Of these Conductor lost the end where nobody wanted it to. */
    void addLost(Set<String> taskIds) {
        lost.addAll(taskIds);
    }

    /** That it went as if nothing had been lost. */
    void checkRepaired(ExecutionReport account) {
        assertThat(account.wrong()).isEmpty();
        assertThat(account.hung()).isEmpty();
        assertThat(account.left()).isEmpty();
        lost.addAll(account.late().stream().map(LostUpdate::taskId).toList());
        // With its end a task that came too late has lost its output.
        assertThat(account.unlike()).isSubsetOf(lost);
        Awaitility.await("Ratchet to see that all is well again")
                .atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(seen.lostUpdates()).isSubsetOf(lost));
    }

    @Override
    @SuppressWarnings("try") // to be closed last, whatever becomes of the others
    public void close() throws IOException {
        try (around) {
            ratchet.close();
            seen.close();
        }
    }
}

package dev.ratchet.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.core.ThrowingRunnable;

/** A fault that a test brings about, and the row that it adds to the table. */
final class Fault {
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final FaultTable table;
    private final int number;
    private final String name;
    private final Watched run;
    private final Seen before;
    private final int begin;
    private Shown shown = Shown.NOTHING;

    /** Before it is brought about. */
    Fault(FaultTable table, int number, String name, Watched run) {
        this(table, number, name, run, run.log().length());
    }

    /** @param begin where in the log the lines about this fault begin */
    Fault(FaultTable table, int number, String name, Watched run, int begin) {
        this.table = table;
        this.number = number;
        this.name = name;
        this.run = run;
        this.begin = begin;
        this.before = run.now();
    }

    /** Waits until the instance shows all of it: at first those of the fault, then, in later calls, those of its end. */
    Fault shows(Symptoms symptoms) {
        List<Shown> seen = new ArrayList<>();
        await("fault " + number + ", " + name)
                .atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(run.process.isAlive()).as(run.log()).isTrue())
                .untilAsserted(() -> {
                    Seen now = run.now();
                    try {
                        seen.add(symptoms.check(before, now, lines()));
                    } catch (AssertionError missing) {
                        throw new AssertionError(
                                missing.getMessage() + "\nstatus: " + now.status() + "\nlog:\n" + lines(), missing);
                    }
                });
        add(seen.get(seen.size() - 1));
        return this;
    }

    /** Waits until the process ends by itself. Says what the probes answered until then, if they failed. */
    void ends(int exit, String... text) throws Exception {
        Set<String> live = new LinkedHashSet<>();
        Set<String> ready = new LinkedHashSet<>();
        await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> {
            live.add(run.probe("/health/live").toString());
            ready.add(run.probe("/health/ready").toString());
            return !run.process.isAlive();
        });
        assertThat(run.process.await()).as(run.log()).isEqualTo(exit);
        List<String> found = new ArrayList<>();
        for (String one : text) {
            assertThat(lines()).contains(one);
            found.add(Cells.line(lines(), one));
        }
        found.add("exit code " + exit);
        live.add("no answer");
        ready.add("no answer");
        Map<String, String> gone = Map.of("up", "0");
        add(new Shown(String.join(" → ", live), String.join(" → ", ready), Map.of("–", "no answer"), gone, found));
    }

    private String lines() {
        return run.log().substring(begin);
    }

    private void add(Shown later) {
        shown = shown.then(later);
        table.put(number, name, shown.cells());
    }

    static void until(ThrowingRunnable assertion) {
        await().atMost(TIMEOUT).untilAsserted(assertion);
    }
}

package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.Sleeper;
import dev.ratchet.repair.RepairResult.Outcome;

/**
 * Sets a task right in Conductor: reads the task and its workflow, writes what stands if nothing speaks against it, and
 * reads again, since Conductor's answer to an update does not say whether it did anything. There is no conditional write:
 * between the read and the write Conductor may move, and what was written may be overwritten later. So REPAIRED means that
 * it held when it was last asked; whether it lasts is for the divergence itself to show.
 */
public final class RepairProtocol {
    private final ConductorClient conductor;
    private final int maxWrites;
    private final Backoff backoff;
    private final Sleeper sleeper;

    /**
     * @param maxWrites how often one repair may write, at least 1
     * @param backoff how long to wait after a write that did not hold
     */
    public RepairProtocol(ConductorClient conductor, int maxWrites, Backoff backoff, Sleeper sleeper) {
        if (maxWrites < 1) {
            throw new IllegalArgumentException("Expected to write at least once, but got " + maxWrites);
        }
        this.conductor = conductor;
        this.maxWrites = maxWrites;
        this.backoff = backoff;
        this.sleeper = sleeper;
    }

    /**
     * Safe to repeat: what has been done is found ALREADY_CONSISTENT.
     *
     * @throws ConductorUnavailableException if Conductor gave no answer that says anything: nothing came of it yet, and it
     *     does not count as a try; repeat it later
     */
    public RepairResult repair(RepairRequest request) {
        RepairRun run = new RepairRun(conductor, request);
        try {
            return run.toResult(verdict(run, request.mode()));
        } catch (ConductorRefusedException e) {
            return run.toResult(new RepairVerdict(Outcome.FAILED, String.valueOf(e.getMessage())));
        }
    }

    private RepairVerdict verdict(RepairRun run, RepairMode mode) {
        RepairVerdict verdict = run.check();
        while (verdict == null) {
            if (mode == RepairMode.DRY_RUN) {
                return new RepairVerdict(Outcome.DRY_RUN, "Would " + run.describeWrite());
            }
            if (run.writes() == maxWrites) {
                return new RepairVerdict(
                        Outcome.FAILED,
                        "Expected to " + run.describeWrite() + ", but it did not hold in " + maxWrites + " tries");
            }
            run.write();
            verdict = run.check();
            if (verdict == null) {
                sleeper.sleep(backoff.delay(run.writes()));
                verdict = run.check();
            }
        }
        return verdict;
    }
}

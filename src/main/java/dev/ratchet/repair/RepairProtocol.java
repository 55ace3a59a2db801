package dev.ratchet.repair;

import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorRefusedException;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.Sleeper;
import dev.ratchet.repair.RepairResult.Outcome;

/**
 * Repairs a task in Conductor: reads the task and its workflow, writes the current status if the rule allows it, and reads
 * again, since the response to an update does not say whether it changed anything. Conductor has no conditional write: the
 * task may change between read and write, and the write may be overwritten later. REPAIRED means that the last read showed
 * the written status; if it is lost again, the stream sees a new divergence.
 */
public final class RepairProtocol {
    private final ConductorClient conductor;
    private final int maxWrites;
    private final Backoff backoff;
    private final Sleeper sleeper;

    /**
     * @param maxWrites writes per repair, at least 1
     * @param backoff pause after a write that did not hold
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
     * Runs the repair. Safe to repeat: a finished repair is found ALREADY_CONSISTENT.
     *
     * @throws ConductorUnavailableException if Conductor did not answer: there is no result yet, and it does not count as a
     *     try; repeat it later
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

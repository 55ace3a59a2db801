package dev.ratchet.repair;

import dev.ratchet.repair.RepairResult.Outcome;

/** Why a repair ends. */
record RepairVerdict(Outcome outcome, String reason) {
    static RepairVerdict notRepairable(String expected, Object but) {
        return new RepairVerdict(Outcome.NOT_REPAIRABLE, "Expected " + expected + ", but " + but);
    }
}

package dev.ratchet.repair;

import dev.ratchet.repair.RepairResult.Outcome;

/** Why a repair is at its end. */
record Verdict(Outcome outcome, String reason) {
    static Verdict notRepairable(String expected, Object but) {
        return new Verdict(Outcome.NOT_REPAIRABLE, "Expected " + expected + ", but " + but);
    }
}

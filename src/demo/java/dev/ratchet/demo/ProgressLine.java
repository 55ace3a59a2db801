package dev.ratchet.demo;

import java.io.PrintWriter;

/** Tells that something is going on, and what came of it, on one line. */
final class ProgressLine {
    private static final long TELL_AGAIN_MS = 1_000;

    private final PrintWriter out;
    private long begun;
    private long told;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    void begin(String what) {
        begun = System.currentTimeMillis();
        told = begun;
        out.print("  " + what + " ...");
        out.flush();
    }

    /** Says where it has come to, no more than once a second. */
    void tick(String where) {
        if (System.currentTimeMillis() - told >= TELL_AGAIN_MS) {
            told = System.currentTimeMillis();
            out.print(" " + where + " ...");
            out.flush();
        }
    }

    void done(String what) {
        double seconds = (System.currentTimeMillis() - begun) / 1000.0;
        out.printf(" %s(%.1f s)%n", what.isEmpty() ? "" : what + " ", seconds);
        out.flush();
    }
}
